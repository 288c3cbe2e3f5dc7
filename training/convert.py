#!/usr/bin/env python3
"""Turn tagged documents (data/FORMAT.md) into docs/*.md and labels.jsonl, and name every fault found on the way.

usage: convert.py OUT BATCH.txt [BATCH.txt ...]

The exit status is 1 when a document was left out because of a fault.
"""
import json
import pathlib
import re
import sys

from corpus import BUCKETS, HEADS, RULES, TIERS, VERDICTS

HEADER = re.compile(r"^=== ([a-z]+-\d{3,}) \| ([a-z-]+) \| (.+)$")
TAG = re.compile(r"[ \t]*⟪([^⟪⟫]*)⟫")
BETWEEN_LABELS = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')  # not within a quote
FINDING = re.compile(r'^(he|ba|bo|bc|cf|hs|wa)((?: [cdu])*) "(.+)"$')
CODES = dict(zip(["he", "ba", "bo", "bc", "cf", "hs", "wa"], RULES))
BUCKET_CODES = dict(zip(["om", "up", "in", "hu"], BUCKETS))

# Where a sentence ends: what a tag's labels belong to.
BOUNDARY = re.compile(
    r"(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bvs\.)[.!?][)\"'”’*_\]]*(?=\s|$)"
    r"|\r?\n\s*\n"
    r"|\r?\n(?=\s*(?:[-*+•]|\d+[.)])\s)"
    r"|\r?\n(?=\s*#{1,6} )|\r?\n(?=\s*>)"
    r"|\r?\n(?=\s*(?:\*\*)?[A-Z][\w /()-]{0,40}:(?:\*\*)?\s)"
    r"|(?<=\|)|\r?\n(?=\|)"
)


def cut_sentences(text):
    ends = [m.end() for m in BOUNDARY.finditer(text)] + [len(text)]
    return [(x, y) for x, y in zip([0] + ends, ends) if re.search(r"\w", text[x:y])]


def documents(path):
    """(header line number, id, verdict, why, body) of each document of a batch; a bad header is a fault."""
    current = None
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        header = HEADER.match(line.strip())
        if header or line.startswith("==="):
            if current:
                yield current
            current = (number, *(header.groups() if header else ("", "", line)), [])
        elif current:
            current[4].append(line)
    if current:
        yield current


def untagged(body):
    """The text without its tags, and each tag with the place where it stood."""
    text, tags, at = "", [], 0
    for m in TAG.finditer(body):
        text += body[at:m.start()]
        tags.append((len(text), [label.strip() for label in BETWEEN_LABELS.split(m[1])]))
        at = m.end()
    return text + body[at:], tags


class Converter:
    def __init__(self):
        self.faults, self.names = [], set()

    def fault(self, where, words):
        self.faults.append(f"{where}: {words}")

    def document(self, name, verdict, why, body, where):
        text, tags = untagged("\n".join(body).strip() + "\n")
        if "⟪" in text or "⟫" in text:
            self.fault(where, "a tag bracket without its other half")
        label = {"file": f"{name}.md", "verdict": verdict, "why": why.strip(), "findings": [],
                 "buckets": {b: "absent" for b in BUCKETS}, "claims": [], "remedies": [], "factors": []}
        cut = cut_sentences(text)
        for at, labels in tags:
            self.tag(label, text, cut, at, labels, where)
        label["findings"].sort(key=lambda f: f["line"])
        return text, label

    def tag(self, label, text, cut, at, labels, where):
        words = re.search(r"\w\W*$", text[:at])
        sentence = next(((a, b) for a, b in cut if words and a <= words.start() < b), None)
        if not sentence:
            return self.fault(where, f"no sentence before the tag {labels}")
        quote = " ".join(text[sentence[0]:min(sentence[1], at)].split())
        start = sentence[0] + len(text[sentence[0]:sentence[1]]) - len(text[sentence[0]:sentence[1]].lstrip())
        here = {"line": text.count("\n", 0, start) + 1, "quote": quote}
        for word in labels:
            self.one(label, text, at, word, here, where)

    def one(self, label, text, at, word, here, where):
        finding, parts = FINDING.match(word), word.split()
        if finding:
            label["findings"] += self.finding(text, at, finding, where)
        elif len(parts) == 2 and parts[0] == "head" and parts[1] in HEADS[1:]:
            label["claims"].append({"head": parts[1], **here})
        elif len(parts) == 2 and parts[0] == "tier" and parts[1] in TIERS[1:]:
            label["remedies"].append({"tier": parts[1], **here})
        elif word in BUCKET_CODES:
            bucket = BUCKET_CODES[word]
            label["factors"].append({"bucket": bucket, **here})
            if label["buckets"][bucket] == "absent":
                label["buckets"][bucket] = here["line"]
        else:
            self.fault(where, f"unknown label {word!r}")

    def finding(self, text, at, m, where):
        code, flags, quote = m.groups()
        place = text.rfind(quote, text.rfind("\n", 0, at) + 1, at)
        if place < 0:
            self.fault(where, f"not in the line before its tag: {quote!r}")
            return []
        found = {"line": text.count("\n", 0, place) + 1, "quote": quote, "category": CODES[code],
                 "cause": "c" in flags, "deepened": "d" in flags}
        return [found | {"unsure": True}] if "u" in flags else [found]

    def consistent(self, label, where):
        """What contradicts GUIDE.md; the document is kept, a person should look."""
        causes = [f for f in label["findings"] if f["cause"] and not f.get("unsure")]
        if label["verdict"] == "start-over" and not causes:
            self.fault(where, "start-over without a finding that is a cause")
        if label["verdict"] in ("clear", "undetermined") and causes:
            self.fault(where, f"{label['verdict']} with a finding that is a cause")

    def batch(self, path):
        for number, name, verdict, why, body in documents(path):
            where, before = f"{path.parent.name}/{path.name}:{number} {name}", len(self.faults)
            if verdict not in VERDICTS:
                self.fault(where, f"bad header or verdict: {why[:60]!r}")
                continue
            if name in self.names:
                self.fault(where, "the name is taken")
                continue
            self.names.add(name)
            text, label = self.document(name, verdict, why, body, where)
            if len(self.faults) == before:
                yield text, label
            self.consistent(label, where)


def convert(batches, out):
    """Write the documents of the batches to `out`; the faults and how many documents there were."""
    (out / "docs").mkdir(parents=True, exist_ok=True)
    converter, labels = Converter(), []
    for path in batches:
        for text, label in converter.batch(path):
            (out / "docs" / label["file"]).write_text(text, "utf-8")
            labels.append(json.dumps(label, ensure_ascii=False))
    (out / "labels.jsonl").write_text("".join(l + "\n" for l in labels), "utf-8")
    return converter.faults, len(labels), len(converter.names)


def main():
    faults, written, read = convert([pathlib.Path(p) for p in sys.argv[2:]], pathlib.Path(sys.argv[1]))
    print("\n".join(faults))
    print(f"{written} documents of {read}, {len(faults)} faults")
    sys.exit(written < read)


if __name__ == "__main__":
    main()
