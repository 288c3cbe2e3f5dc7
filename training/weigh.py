#!/usr/bin/env python3
"""Fit lexicon/weighing.toml: python training/weigh.py --corpora DIR --weights 'fold{}.bin' --folds 1,2,3

Each document is read by a reader that was not trained on it (`train.py --leave-out N --out foldN.bin`). What is fitted
is small: a few dozen whole numbers. With --measure, every number is fitted to nine tenths of the documents and measured
on the last tenth, ten times over, and nothing is written.
"""
import argparse
import itertools
import json
import pathlib
import subprocess
import tempfile
import zlib

import numpy as np
from sklearn.linear_model import LogisticRegression

from corpus import BUCKETS, RULES, line_starts, locate

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
HIDDEN = {"more": (4, 5)}  # as in train.py
GROUPS = {"dev": "dev", "written": "written"}  # all other corpora are public
LEAST_PRECISION = 0.76
SHARES = {"dev": 0.4, "public": 0.3, "written": 0.3}  # of the weight
STEPS = 1500
EMPTY = 10  # documents without any sentence, which state no cause
PARTS = 10
# What may speak for (+) and against (-) an answer of yes; the rest (~) may do either.
QUESTIONS = {
    "stated": {"+": "whole-stated blame any-cause conditions external own-factors outside-factors act human-claims condition-claims",
               "-": "lexicon-undetermined", "~": "length"},
    "person": {"+": "whole-person blame bare-blame deepened-blame blaming act omission personal-trait people-share weaker-remedies "
                    "factors-around-people lexicon-start-over lexicon-examined human-claims",
               "-": "external consequences outside-factors ruled-out lexicon-clear stronger-remedies",
               "~": "conditions own-factors length"},
    "examined": {"+": "whole-examined deepened-blame conditions own-factors factors-around-people intermediate-remedies stronger-remedies "
                      "lexicon-examined condition-claims",
                 "-": "bare-blame people-share weaker-remedies consequences lexicon-start-over",
                 "~": "blame external outside-factors human-claims length"},
}
SIGNS = {question: {trait: sign for sign, names in signs.items() for trait in names.split()} for question, signs in QUESTIONS.items()}
TRAITS = sorted({"open-cause"} | {trait for signs in SIGNS.values() for trait in signs})
VERDICTS = {"stated": {"start-over", "examined", "clear"}, "person": {"start-over", "examined"}, "examined": {"examined"}}
TRUSTED = 3  # how much further the points for the whole document may be from zero: they were learned from many more documents
DECISIVE = {"stated": {"open-cause": -100}}  # set by hand: what decides alone
ATTACKS = ["attackers", "malice"]
# Guards: talk about people in general, and what attackers and programs do, is not blame.
EXCLUDED = [*ATTACKS, "general-talk", "generic-you", "generic-person", "prevention", "software-event", "program-omits", "program-in-code", "machine-remedy", "software-should",
            "denied", "part-of-a-name"]
NAMED_ERROR = {"human-error": 15}  # set by hand: the words "human error" are hardly ever overruled
FIXED = {"claim": {"lexicon": 20, "reader-alone": 20, "condition": 0}, "remedy": {"lexicon": 20, "reader-alone": 20}}


class Document:
    """One labelled document with the evidence about its sentences."""

    def __init__(self, corpus, label, path, fold):
        self.label, self.path, self.fold, self.group = label, path, fold, GROUPS.get(corpus, "public")
        self.part = zlib.crc32(label["file"].encode()) % PARTS

    def match(self, rows):
        """Give each sentence the labels that lie on it: `finding` is 1, 0, or -1 where the label is unsure."""
        text = self.path.read_bytes().decode("utf-8-sig", errors="replace")
        starts = line_starts(text)
        at = lambda place: starts[min(place["line"] - 1, len(starts) - 1)] + place["column"] - 1
        self.rows = [row | {"from": at(row["start"]), "to": at(row["end"]), "finding": 0, "is": {"cause": 0, "deepened": 0}} for row in rows]
        for label in self.label["findings"]:
            first, last = locate(text, starts, label)
            for row in (r for r in self.rows if r["from"] < last and first < r["to"]):
                if label.get("unsure"):
                    row["finding"] = row["finding"] or -1
                else:
                    row["finding"] = 1
                    row["is"] = {key: row["is"][key] or int(label[key]) for key in row["is"]}


def documents(corpora, folds):
    places = json.loads((corpora / "folds.json").read_text("utf-8"))
    found = []
    for corpus in sorted(path.parent.name for path in corpora.glob("*/labels.jsonl")):
        for line in (corpora / corpus / "labels.jsonl").read_text("utf-8").splitlines():
            label = json.loads(line)
            fold = places.get(label["file"], 0)
            if fold in folds and fold not in HIDDEN.get(corpus, ()):
                found.append(Document(corpus, label, (corpora / corpus / "docs" / label["file"]).resolve(), fold))
    for document in found:
        document.weight = SHARES[document.group] * len(found) / sum(d.group == document.group for d in found)
    return found


def run(a, found, arguments, weighing=None):
    """What the program prints about the documents, each read by the reader of its fold."""
    out = {}
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        (work / "lexicon").mkdir()
        (work / "rcalint.toml").write_text('[lexicon]\nreplace = "lexicon"\n')
        (work / "lexicon/weighing.toml").write_text(weighing or (ROOT / "lexicon/weighing.toml").read_text("utf-8"))
        for fold in sorted({d.fold for d in found}):
            paths = [str(d.path) for d in found if d.fold == fold]
            command = [a.rcalint, "--config", work / "rcalint.toml", "--reader", a.weights.format(fold), *arguments, *paths]
            printed = subprocess.run(command, capture_output=True, check=True).stdout
            rows = json.loads(printed)["documents"] if "check" in arguments else map(json.loads, printed.splitlines())
            out |= {str(pathlib.Path(row["path"]).resolve()): row for row in rows}
    return [out[str(d.path)] for d in found]


def fit(x, y, strength, weight=None):
    model = LogisticRegression(C=strength, max_iter=2000).fit(x, y, sample_weight=weight)
    return model.coef_[0], model.intercept_[0]


def fit_signed(x, y, signs, strength, weight):
    """Like `fit`, by gradient descent, with weights that keep to their signs."""
    lowest = np.array([0 if sign == "+" else -np.inf for sign in signs])
    highest = np.array([0 if sign == "-" else np.inf for sign in signs])
    weights, constant, speed = np.zeros(x.shape[1]), 0.0, 4 / (np.abs(x).sum(1).max() + 1)
    for _ in range(STEPS):
        wrong = weight * (1 / (1 + np.exp(-(x @ weights + constant))) - y) / weight.sum()
        weights = (weights - speed * (x.T @ wrong + weights / (strength * weight.sum()))).clip(lowest, highest)
        constant -= speed * wrong.sum()
    return weights, constant


def f1(said, wanted):
    return 2 * (said & wanted).sum() / max(said.sum() + wanted.sum(), 1)


def points(value):
    """Log-odds in whole points."""
    return int(round(10 * value))


def per_cent(value):
    return int(round(100 * value))


def finding_inputs(row):
    return [row["reader"]["finding"] / 10, float(bool(row["lexicon"]))]


def fit_findings(found):
    """Weights, and the threshold that gives the best F1 with enough precision."""
    rows = [(d, r) for d in found for r in d.rows if r["finding"] >= 0 and d.group != "dev"]
    x, y = np.array([finding_inputs(r) for _, r in rows]), np.array([r["finding"] == 1 for _, r in rows])
    group = np.array([d.group for d, _ in rows])
    (reader, lexicon), constant = fit(x, y, 1.0)
    sums = x @ np.array([reader, lexicon]) + constant

    def score(threshold):
        said = sums > threshold
        precision = y[said].mean() if said.any() else 0
        mean = np.mean([f1(said[group == g], y[group == g]) for g in set(group)])
        return mean - 2 * max(0, LEAST_PRECISION - precision)

    threshold = max(np.arange(-2.5, 2.5, 0.05), key=score)
    return {"constant": points(constant - threshold), "reader": per_cent(reader), "lexicon": points(lexicon), "second-rule": 20,
            "unless": EXCLUDED, "rule": NAMED_ERROR}


def fit_flag(found, key, otherwise):
    """Whether a finding is the cause, or deepened. Without a match, the lexicon's answer is that about the sentence."""
    rows = [r for d in found for r in d.rows if r["finding"] == 1]
    lexicon = lambda r: any(f[key] for f in r["lexicon"]) if r["lexicon"] else r[otherwise]
    x = np.array([[r["reader"][key] / 10, float(lexicon(r))] for r in rows])
    weights, constant = fit(x, np.array([r["is"][key] for r in rows]), 1.0)
    return {"constant": points(constant), "reader": per_cent(weights[0]), "lexicon": points(weights[1])}


def bucket_inputs(document, report, index):
    read = sorted((max(r["reader"]["buckets"][index], -60) for r in document.rows if not r["heading"]), reverse=True)
    best, second = (read + [-60, -60])[:2]
    whole = min(max(document.whole["buckets"][index], -60), 60)
    return [float(report["coverage"][BUCKETS[index]]["status"] == "examined"), best / 10, second / 10, whole / 10]


def fit_bucket(found, reports, index):
    """The lexicon's points, the shares of the sentences and of the whole document, and the threshold, with the best F1."""
    rows = [(d, r) for d, r in zip(found, reports) if d.label["buckets"][BUCKETS[index]] != "unsure"]
    lexicon, best, second, whole = np.array([bucket_inputs(d, r, index) for d, r in rows]).T
    y = np.array([d.label["buckets"][BUCKETS[index]] != "absent" for d, _ in rows])
    group = np.array([d.group for d, _ in rows])
    tried = {}
    for weight, share, part, threshold in itertools.product(range(1, 5), (0, 0.3, 0.6), (0, 0.5, 1), np.arange(-4, 5, 0.25)):
        said = weight * lexicon + (1 - share) * best + share * second + part * whole > threshold
        score = sum(SHARES[g] * f1(said[group == g], y[group == g]) for g in set(group))
        tried[weight, share, part, threshold] = score
    weight, share, part, threshold = max(tried, key=tried.get)
    return {"constant": points(-threshold), "lexicon": points(weight), "document": per_cent(part), "best": per_cent(1 - share), "second": per_cent(share), "shown": 0}


def traits(report):
    values = {r["kind"]: r["value"] / 100 for r in report["verdict_reasons"] if r["kind"]}
    return [values.get(trait, 0.0) for trait in TRAITS]


def fit_question(found, reports, question, strength):
    asked = {"stated": set(VERDICTS["stated"]) | {"undetermined"}, "person": VERDICTS["stated"], "examined": VERDICTS["person"]}
    rows = [(d, r) for d, r in zip(found, reports) if d.label["verdict"] in asked[question]]
    names = list(SIGNS[question])
    columns = [TRAITS.index(trait) for trait in names]
    x = np.array([traits(r) for _, r in rows])[:, columns]
    y = np.array([d.label["verdict"] in VERDICTS[question] for d, _ in rows])
    weight = np.array([d.weight for d, _ in rows])
    if question == "stated":
        x, y, weight = np.vstack([x, np.zeros((EMPTY, x.shape[1]))]), np.append(y, [False] * EMPTY), np.append(weight, [1] * EMPTY)
    spread = (x.std(0) + 0.05) / np.array([TRUSTED if name.startswith("whole-") else 1 for name in names])
    weights, constant = fit_signed(x / spread, y, SIGNS[question].values(), strength, weight)
    weighed = DECISIVE.get(question, {}) | {trait: points(w) for trait, w in zip(names, weights / spread)}
    return {"constant": points(constant), "points": {trait: w for trait, w in weighed.items() if w}}


def say(verdict, rows):
    """The verdicts that the weights give for rows of traits."""
    def holds(question):
        weights = verdict[question]
        return weights["constant"] + sum(w * rows[:, TRAITS.index(t)] for t, w in weights["points"].items()) >= 0
    person = np.where(holds("person"), np.where(holds("examined"), "examined", "start-over"), "clear")
    return np.where(holds("stated"), person, "undetermined")


def parts_of_findings(found, reports):
    return {
        "finding": fit_findings(found), "cause": fit_flag(found, "cause", "causal"),
        "deepened": fit_flag(found, "deepened", "condition"), **FIXED,
        "bucket": {bucket: fit_bucket(found, reports, index) for index, bucket in enumerate(BUCKETS)},
    }


def everything():
    """Weights that make the program print every trait."""
    return {question: {"constant": 0, "points": dict.fromkeys(TRAITS, 100)} for question in QUESTIONS}


COMMENTS = {
    "finding": "Whether a sentence is a finding: per cent of the reader's points, and points if a pattern of the lexicon matches,\n"
               "# with further points by rule. Another rule is reported for the same sentence from `second-rule` points of the reader on.\n"
               "# Where a guard of `unless` matches, the reader alone makes no finding.",
    "cause": "Whether a finding is given as the cause.",
    "deepened": "Whether the text goes on to the conditions behind a finding.",
    "claim": "What a causal claim names: points for the kind that the lexicon sees; the reader's points from which it makes a\n"
             "# sentence a claim, and a condition.",
    "remedy": "Which tier a remedy is of, likewise.",
    "bucket": "Whether a bucket is examined: points if the lexicon finds it examined, and per cent of the reader's points for the\n"
              "# whole document and for the best two sentences. From `shown` points on, a sentence is shown as evidence.",
    "verdict": "The verdict: is a cause stated, is a person's act part of it, and are the conditions behind the act examined?\n"
               "# Sentences in which a guard of `unless` matches blame nobody.",
}
HEAD = """\
# How the evidence of the lexicon and of the reader is added up.
#
# Every number is in points: ten are one unit of log-odds, so that 22 points are nine to one. What adds up to 0 or more
# holds. training/weigh.py fits the numbers to documents that the reader was not trained on; they may be edited. Without
# a reader, nothing here is used.
"""


def table(name, values):
    rows = "".join(f"{key} = {json.dumps(value)}\n" for key, value in values.items() if not isinstance(value, dict))
    below = "".join("\n" + table(f"{name}.{key}", value) for key, value in values.items() if isinstance(value, dict))
    return f"[{name}]\n{rows}{below}"


def score_table(name, score):
    rows = "".join(f"{trait} = {value}\n" for trait, value in sorted(score["points"].items(), key=lambda item: -abs(item[1])))
    return f"[verdict.{name}]\nconstant = {score['constant']}\n\n[verdict.{name}.points]\n{rows}"


def toml(parts):
    out = [HEAD]
    for name in ("finding", "cause", "deepened", "claim", "remedy"):
        out.append(f"# {COMMENTS[name]}\n" + table(name, parts[name]))
    buckets = [table(f"bucket.{bucket}", values) for bucket, values in parts["bucket"].items()]
    scores = [score_table(question, score) for question, score in parts["verdict"].items()]
    verdict = table("verdict", {"unless": ATTACKS})
    out += [f"# {COMMENTS['bucket']}\n" + "\n".join(buckets), f"# {COMMENTS['verdict']}\n" + "\n".join([verdict, *scores])]
    return "\n".join(out)


def print_verdicts(found, said):
    gold = np.array([d.label["verdict"] for d in found])
    other = np.array([d.label.get("verdict_alt") or d.label["verdict"] for d in found])
    wanted = np.where(said == other, other, gold)
    for group in ("dev", "public", "written"):
        at = np.array([d.group == group for d in found])
        if at.any():
            print(f"{group:8} start-over F1 {f1(said[at] == 'start-over', wanted[at] == 'start-over'):.2f}, verdicts {(said == wanted)[at].mean():.2f}")


def measure(found, reports, strength):
    said = np.array(["undetermined"] * len(found), dtype=object)
    for part in range(PARTS):
        rest = [i for i, d in enumerate(found) if d.part != part]
        here = [i for i, d in enumerate(found) if d.part == part]
        fitted = {q: fit_question([found[i] for i in rest], [reports[i] for i in rest], q, strength) for q in QUESTIONS}
        said[here] = say(fitted, np.array([traits(reports[i]) for i in here]))
    print_verdicts(found, said)


def arguments():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--rcalint", default=ROOT / "target/release/rcalint")
    ap.add_argument("--corpora", type=pathlib.Path, required=True, help="a folder of labelled corpora with folds.json; documents without a fold are of fold 0")
    ap.add_argument("--weights", required=True, help="the weights for each fold; {} is its number")
    ap.add_argument("--folds", default="1,2,3")
    ap.add_argument("--strength", type=float, default=0.2, help="how far the points of the verdict may be from zero")
    ap.add_argument("--measure", action="store_true")
    ap.add_argument("--out", type=pathlib.Path, default=ROOT / "lexicon/weighing.toml")
    return ap.parse_args()


def main():
    a = arguments()
    found = documents(a.corpora, {int(fold) for fold in a.folds.split(",")})
    for document, row in zip(found, run(a, found, ["lexicon", "evidence"])):
        document.match(row["sentences"])
        document.whole = row["document"]
    alone = subprocess.run([a.rcalint, "check", "--isolated", "--no-reader", "--format", "json", "--exit-zero", *(d.path for d in found)],
                           capture_output=True, check=True).stdout
    reports = json.loads(alone)["documents"]
    parts = parts_of_findings(found, reports)
    weighed = run(a, found, ["check", "--format", "json", "--exit-zero"], toml(parts | {"verdict": everything()}))
    if a.measure:
        measure(found, weighed, a.strength)
    else:
        verdict = {question: fit_question(found, weighed, question, a.strength) for question in QUESTIONS}
        a.out.write_text(toml(parts | {"verdict": verdict}), "utf-8")


if __name__ == "__main__":
    main()
