#!/usr/bin/env python3
"""Selects, from all fuzzing inputs, the few small ones that together reach the most code, and puts them into corpus/.

    fuzz/minimise_corpus.py [NUMBER [TARGET...]]
"""

import hashlib
import pathlib
import shutil
import subprocess
import sys
import tempfile

FOLDER = pathlib.Path(__file__).resolve().parent
TARGETS = ["document", "analyse", "render", "lexicon", "config", "oracle", "page", "reader", "diff", "saved"]
# The maximum size of an input in bytes, so that people can read it.
LONGEST = 600


def reached(target, files):
    """The code that each file reaches, as reported by the fuzzer when it merges corpora."""
    with tempfile.TemporaryDirectory() as scratch:
        small, empty, control = (pathlib.Path(scratch, name) for name in ("small", "empty", "control"))
        small.mkdir()
        empty.mkdir()
        for at, file in enumerate(files):
            shutil.copyfile(file, small / f"{at:06}")
        run = ["cargo", "+nightly", "fuzz", "run", "--fuzz-dir", ".", "--sanitizer", "none", target, str(empty), str(small)]
        run += ["--", "-merge=1", f"-merge_control_file={control}"]
        subprocess.run(run, cwd=FOLDER, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        lines = control.read_text().splitlines()
    count = int(lines[0])
    names = [int(pathlib.Path(name).name) for name in lines[2 : 2 + count]]
    places = {}
    for line in lines[2 + count :]:
        kind, *numbers = line.split()
        if kind in ("COV", "FT"):
            places.setdefault(names[int(numbers[0])], set()).update((kind, number) for number in numbers[1:])
    return places


def chosen(places, files, number):
    """The inputs that add the most code, greedily; if equal, the smallest."""
    known, kept = set(), []
    while places and len(kept) < number:
        best = max(places, key=lambda at: (len(places[at] - known), -files[at].stat().st_size))
        if not places[best] - known:
            break
        known |= places.pop(best)
        kept.append(files[best])
    return kept


def main():
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    for target in sys.argv[2:] or TARGETS:
        folders = [FOLDER / part / target for part in ("corpus", "found", "seeds")]
        files = [file for folder in folders if folder.is_dir() for file in sorted(folder.iterdir())]
        files = [file for file in files if file.stat().st_size <= LONGEST]
        kept = [file.read_bytes() for file in chosen(reached(target, files), files, number)]
        shutil.rmtree(FOLDER / "corpus" / target, ignore_errors=True)
        (FOLDER / "corpus" / target).mkdir(parents=True)
        for text in kept:
            (FOLDER / "corpus" / target / hashlib.sha256(text).hexdigest()[:16]).write_bytes(text)
        print(f"{target}: {len(kept)} of {len(files)}")


main()
