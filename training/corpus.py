"""Labelled documents as sentences: what a reader is trained on and measured with."""
import json
import pathlib
import re
import subprocess
from dataclasses import dataclass, field

RULES = ["human-error", "blamed-action", "blamed-omission", "blamed-character", "counterfactual", "hindsight", "weak-action"]
BUCKETS = ["operational-maturity", "upstream", "integrations", "human"]
HEADS = ["nothing", "act", "omission", "trait", "condition", "propagation", "external", "ruled-out"]
TIERS = ["none", "weaker", "intermediate", "stronger"]
VERDICTS = ["start-over", "examined", "clear", "undetermined"]
QUESTIONS = {"stated": (VERDICTS[:3], VERDICTS), "person": (VERDICTS[:2], VERDICTS[:3]), "examined": (["examined"], VERDICTS[:2])}  # yes for, asked of
UNKNOWN = -1
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")

@dataclass
class Sentence:
    start: int
    end: int
    line: int
    text: str
    role: str = "other"
    heading: str = ""
    rules: list = field(default_factory=lambda: [0] * len(RULES))
    cause: int = UNKNOWN
    deepened: int = UNKNOWN
    head: int = UNKNOWN
    buckets: list = field(default_factory=lambda: [UNKNOWN] * len(BUCKETS))  # 1 here, 2 on this line, 0 not, -1 unknown
    tier: int = UNKNOWN
    quotes: list = field(default_factory=list)


@dataclass
class Document:
    name: str
    corpus: str
    fold: int
    text: str
    label: dict
    report: dict
    sentences: list


def line_starts(text):
    return [0] + [m.end() for m in re.finditer("\n", text)]


def locate(text, starts, label):
    """[start, end) of a labelled quote: from its line on, else from a little above."""
    at = starts[min(max(label["line"] - 1, 0), len(starts) - 1)]
    pattern = re.compile(r"\s+".join(map(re.escape, label["quote"].split())), re.I)
    m = pattern.search(text, at) or pattern.search(text, max(0, at - 600)) or pattern.search(text)
    return (m.start(), m.end()) if m else (at, text.find("\n", at) if "\n" in text[at:] else len(text))


def sentences_in(text, rows):
    """The sentences as the program cuts and renders them, so that a reader learns what it will see."""
    starts = line_starts(text)
    at = lambda place: starts[min(place["line"], len(starts)) - 1] + place["column"] - 1
    return [Sentence(at(r["start"]), at(r["end"]), r["start"]["line"], r["text"], r["role"], r["section"]) for r in rows]


def touched(sentences, a, b):
    return [s for s in sentences if s.start < b and a < s.end]


def quote_in(text, sentence, a, b):
    """The quote's part in a sentence, as that sentence shows it: without the markup between its words."""
    words = re.findall(r"\w+", LINK.sub(r"\1", text[max(a, sentence.start):min(b, sentence.end)]))
    m = words and re.search(r"\W+".join(words), sentence.text, re.I)
    return m[0] if m else ""


def mark_findings(text, sentences, findings):
    starts = line_starts(text)
    for f in findings:
        a, b = locate(text, starts, f)
        for s in touched(sentences, a, b):
            rule = RULES.index(f["category"])
            if f.get("unsure"):
                s.rules = [r if r == 1 else UNKNOWN for r in s.rules]
                continue
            s.rules = [0 if r == UNKNOWN else r for r in s.rules]
            s.rules[rule] = 1
            s.cause = max(s.cause, int(f["cause"]))
            s.deepened = max(s.deepened, int(f["deepened"]))
            s.quotes.append(quote_in(text, s, a, b))


def mark_buckets(sentences, buckets):
    """From the documents' labels: absent means nowhere, a line means that some sentence of it is the evidence."""
    for k, name in enumerate(BUCKETS):
        value = buckets[name]
        for s in sentences:
            if value == "absent":
                s.buckets[k] = 0
            elif isinstance(value, int) and s.line == value:
                s.buckets[k] = 2


def guess_heads(sentences):
    """Where nobody labelled heads and tiers, the findings tell a few of them."""
    for s in sentences:
        if 1 in s.rules:
            rules = {r for r, on in zip(RULES, s.rules) if on == 1}
            if s.cause == 1:
                head = "trait" if "blamed-character" in rules else "omission" if "blamed-omission" in rules else "act"
                s.head = HEADS.index(head)
            if "weak-action" in rules:
                s.tier = TIERS.index("weaker")


def place(text, starts, label):
    return (label["from"], label["to"]) if "from" in label else locate(text, starts, label)


def mark_details(text, sentences, label):
    """The heads, tiers and buckets of documents that were labelled sentence by sentence."""
    starts = line_starts(text)
    for s in sentences:
        s.head, s.tier, s.buckets = 0, 0, [0] * len(BUCKETS)
    for claim in label["claims"]:
        for s in touched(sentences, *place(text, starts, claim)):
            s.head = HEADS.index(claim["head"])
    for remedy in label["remedies"]:
        for s in touched(sentences, *place(text, starts, remedy)):
            s.tier = TIERS.index(remedy["tier"])
    for factor in label["factors"]:
        for s in touched(sentences, *place(text, starts, factor)):
            s.buckets[BUCKETS.index(factor["bucket"])] = 1


def label_sentences(document):
    text, sentences, label = document.text, document.sentences, document.label
    mark_findings(text, sentences, label["findings"])
    if "claims" in label:
        mark_details(text, sentences, label)
    else:
        mark_buckets(sentences, label["buckets"])
        guess_heads(sentences)


def printed(command, paths):
    """What the program prints about the documents, by path. It judges by the lexicon alone."""
    out = {}
    for i in range(0, len(paths), 500):
        run = subprocess.run([*command, "--no-reader", *map(str, paths[i:i + 500])], capture_output=True, check=True)
        rows = json.loads(run.stdout)["documents"] if "check" in command else map(json.loads, run.stdout.splitlines())
        out |= {str(pathlib.Path(row["path"]).resolve()): row for row in rows}
    return out


def load(binary, folder, folds=None, details=None):
    """The documents of one corpus, with labelled sentences. `details` has the labels of sentences, by corpus and file."""
    folder = pathlib.Path(folder).resolve()
    labels = [json.loads(l) for l in (folder / "labels.jsonl").read_text("utf-8").splitlines() if l.strip()]
    paths = [folder / "docs" / l["file"] for l in labels]
    said = printed([binary, "check", "--format", "json", "--exit-zero"], paths)
    read = printed([binary, "lexicon", "evidence"], paths)
    documents = []
    for label, path in zip(labels, paths):
        text = path.read_bytes().decode("utf-8-sig", errors="replace")
        label = label | (details or {}).get(f"{folder.name}/{label['file']}", {})
        fold, key = (folds or {}).get(label["file"], 0), str(path.resolve())
        document = Document(label["file"], folder.name, fold, text, label, said[key], sentences_in(text, read[key]["sentences"]))
        label_sentences(document)
        documents.append(document)
    return documents
