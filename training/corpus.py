"""Labelled documents as sentences: what a reader is trained on and measured with."""
import html
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
UNKNOWN = -1

# The same cut as eval/score.py makes, so that what is learned is what is measured.
BOUNDARY = re.compile(
    r"(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bvs\.)[.!?][)\"'”’*_\]]*(?=\s|$)"
    r"|\r?\n\s*\n"
    r"|\r?\n(?=\s*(?:[-*+•]|\d+[.)])\s)"
    r"|\r?\n(?=\s*#{1,6} )|\r?\n(?=\s*>)"
    r"|\r?\n(?=\s*(?:\*\*)?[A-Z][\w /()-]{0,40}:(?:\*\*)?\s)"
    r"|(?<=\|)|\r?\n(?=\|)"
)
UNREAD = re.compile(r"^(```|~~~).*?^\1|<!--.*?-->", re.S | re.M)
MARKUP = [
    (re.compile(r"!?\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"https?://\S+"), "link"),
    (re.compile(r"</?[a-zA-Z][^>]*>"), " "),
    (re.compile(r"^\s*(?:>\s*)*(?:#{1,6}\s|[-*+•]\s|\d+[.)]\s)?\s*(?:\[[ xX]\]\s)?"), ""),
    (re.compile(r"\*\*|__|`+|(?<!\w)[*_]|[*_](?!\w)|\||^[-:| ]+$"), ""),
    (re.compile(r"\s+"), " "),
]


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


def cut_sentences(text):
    ends = [m.end() for m in BOUNDARY.finditer(text)] + [len(text)]
    return [(x, y) for x, y in zip([0] + ends, ends) if re.search(r"\w", text[x:y])]


def rendered(text):
    text = html.unescape(text).strip()
    for pattern, instead in MARKUP:
        text = pattern.sub(instead, text)
    return text.strip()


def line_starts(text):
    return [0] + [m.end() for m in re.finditer("\n", text)]


def locate(text, starts, label):
    """[start, end) of a labelled quote: from its line on, else from a little above."""
    at = starts[min(max(label["line"] - 1, 0), len(starts) - 1)]
    pattern = re.compile(r"\s+".join(map(re.escape, label["quote"].split())), re.I)
    m = pattern.search(text, at) or pattern.search(text, max(0, at - 600)) or pattern.search(text)
    return (m.start(), m.end()) if m else (at, text.find("\n", at) if "\n" in text[at:] else len(text))


def split(text, report):
    """The sentences that are read, each with the role and heading of its section."""
    unread = [m.span() for m in UNREAD.finditer(text)]
    sections = sorted((s["line"], s["role"], s.get("heading") or "") for s in report["sections"])
    out = []
    for start, end in cut_sentences(text):
        first = start + len(text[start:end]) - len(text[start:end].lstrip())
        if any(a <= first < b for a, b in unread):
            continue
        line = text.count("\n", 0, first) + 1
        section = next((s for s in reversed(sections) if s[0] <= line), (1, "other", ""))
        plain = rendered(text[start:end])
        if re.search(r"\w", plain):
            out.append(Sentence(start, end, line, plain, section[1], rendered(section[2])))
    return out


def touched(sentences, a, b):
    return [s for s in sentences if s.start < b and a < s.end]


def quote_in(text, sentence, a, b):
    return rendered(text[max(a, sentence.start):min(b, sentence.end)])


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


def mark_details(text, sentences, label):
    """The heads, tiers and buckets of documents that were labelled sentence by sentence."""
    starts = line_starts(text)
    for s in sentences:
        s.head, s.tier, s.buckets = 0, 0, [0] * len(BUCKETS)
    for claim in label["claims"]:
        for s in touched(sentences, *locate(text, starts, claim)):
            s.head = HEADS.index(claim["head"])
    for remedy in label["remedies"]:
        for s in touched(sentences, *locate(text, starts, remedy)):
            s.tier = TIERS.index(remedy["tier"])
    for factor in label["factors"]:
        for s in touched(sentences, *locate(text, starts, factor)):
            s.buckets[BUCKETS.index(factor["bucket"])] = 1


def label_sentences(document):
    text, sentences, label = document.text, document.sentences, document.label
    mark_findings(text, sentences, label["findings"])
    if "claims" in label:
        mark_details(text, sentences, label)
    else:
        mark_buckets(sentences, label["buckets"])
        guess_heads(sentences)


def reports(binary, paths):
    """What the program says today: the section roles, and the lexicon's findings to compare with."""
    out = {}
    for i in range(0, len(paths), 500):
        command = [binary, "check", "--format", "json", "--exit-zero", *map(str, paths[i:i + 500])]
        run = subprocess.run(command, capture_output=True, check=True)
        for d in json.loads(run.stdout)["documents"]:
            out[str(pathlib.Path(d["path"]).resolve())] = d
    return out


def load(binary, folder, folds=None):
    """The documents of one corpus, with labelled sentences."""
    folder = pathlib.Path(folder).resolve()
    labels = [json.loads(l) for l in (folder / "labels.jsonl").read_text("utf-8").splitlines() if l.strip()]
    paths = [folder / "docs" / l["file"] for l in labels]
    said = reports(binary, paths)
    documents = []
    for label, path in zip(labels, paths):
        text = path.read_bytes().decode("utf-8-sig", errors="replace")
        report = said[str(path.resolve())]
        fold = (folds or {}).get(label["file"], 0)
        document = Document(label["file"], folder.name, fold, text, label, report, split(text, report))
        label_sentences(document)
        documents.append(document)
    return documents
