#!/usr/bin/env python3
"""Measure readers by their left-out outputs: findings, verdicts and buckets, with and without the lexicon.

usage: evaluate.py left_out.pkl [left_out.pkl ...]

What is chosen here (thresholds, the weight of a lexicon hit, the sums that give verdict and buckets) is chosen on
four fifths of the documents and measured on the last, five times over.
"""
import pickle
import sys
import warnings
import zlib

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from corpus import BUCKETS, HEADS, RULES, TIERS, VERDICTS, line_starts, touched
from model import SLICES

warnings.filterwarnings("ignore")
PARTS, LEAST_PRECISION = 5, 0.75
GROUPS = {"dev": ("dev",), "public": ("dev2", "more"), "written": ("written",)}
ROLES = {"cause": "cause", "contributing-factors": "cause", "trigger": "cause", "summary": "summary", "actions": "actions",
         "lessons": "actions", "went-wrong": "lessons", "timeline": "history", "response": "history", "detection": "history"}


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softmax(x):
    e = np.exp(x - x.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def part(name):
    return zlib.crc32(name.encode()) % PARTS


def lexicon_hits(document):
    """For each sentence the rules that the lexicon finds in it."""
    starts = line_starts(document.text)
    at = {id(s): i for i, s in enumerate(document.sentences)}
    hits = np.zeros((len(document.sentences), len(RULES)))
    for f in document.report["findings"]:
        if f["rule"] in RULES:
            a = starts[min(f["start"]["line"], len(starts)) - 1] + f["start"]["column"] - 1
            b = starts[min(f["end"]["line"], len(starts)) - 1] + f["end"]["column"] - 1
            for s in touched(document.sentences, a, max(b, a + 1)):
                hits[at[id(s)], RULES.index(f["rule"])] = 1
    return hits


class Read:
    """One document with what the reader and the lexicon said about it."""

    def __init__(self, document, out):
        self.document, self.out = document, out
        self.group = next((g for g, names in GROUPS.items() if document.corpus in names), "own")
        self.part = part(document.name)
        self.gold = np.array([s.rules for s in document.sentences]).reshape(-1, len(RULES))
        self.lexicon = lexicon_hits(document)
        self.any = out[:, SLICES["any"]].squeeze(1)


def load(paths):
    reads = []
    for path in paths:
        documents, out, _ = pickle.load(open(path, "rb"))
        at = 0
        for d in documents:
            reads.append(Read(d, out[at:at + len(d.sentences)]))
            at += len(d.sentences)
    return reads


def tally(reads, fired):
    """True, false and missed findings by sentence, then by (sentence, rule)."""
    t = np.zeros(6)
    for r, f in zip(reads, fired):
        gold, soft, said = (r.gold == 1), (r.gold == -1).any(1) & ~(r.gold == 1).any(1), f.astype(bool)
        g, s = gold.any(1), said.any(1)
        t[:3] += (g & s).sum(), (~g & s & ~soft).sum(), (g & ~s).sum()
        said = said & ~soft[:, None]
        t[3:] += (gold & said).sum(), (~gold & said).sum(), (gold & ~said).sum()
    return t


def figures(t):
    p = t[0] / max(t[0] + t[1], 1)
    r = t[0] / max(t[0] + t[2], 1)
    f = lambda a, b, c: 2 * a / max(2 * a + b + c, 1)
    return p, r, f(*t[:3]), f(*t[3:])


def manner(reads, fired):
    """Of the found: how often `cause` and `deepened` are as labelled."""
    right = np.zeros(4)
    for r, f in zip(reads, fired):
        for s, on, row in zip(r.document.sentences, f.any(1), r.out):
            if on and 1 in s.rules:
                right += [1, (row[SLICES["cause"]][0] > 0) == s.cause, 1, (row[SLICES["deepened"]][0] > 0) == s.deepened]
    return right[1] / max(right[0], 1), right[3] / max(right[2], 1)


def by_any(r, threshold, bonus):
    """A finding where the evidence reaches the threshold; its rules are the lexicon's and the reader's likeliest."""
    fire = r.any + bonus * r.lexicon.any(1) > threshold
    rules = r.out[:, SLICES["rules"]]
    best = (rules == rules.max(1, keepdims=True)) | (rules > 0.5)
    lexicon = r.lexicon > 0
    use = np.where(lexicon.any(1, keepdims=True) & (bonus > 0), lexicon, best)
    return fire[:, None] & use


def choose(reads, bonuses):
    best = None
    for bonus in bonuses:
        for threshold in np.arange(-3, 5, 0.25):
            p, _, f1, _ = figures(tally(reads, [by_any(r, threshold, bonus) for r in reads]))
            score = f1 - max(0, LEAST_PRECISION - p)
            if best is None or score > best[0]:
                best = (score, threshold, bonus)
    return best[1:]


def findings(reads, bonuses):
    """Cross-fitted: for each fifth the threshold of the other four."""
    fired, chosen = {}, []
    for k in range(PARTS):
        threshold, bonus = choose([r for r in reads if r.part != k], bonuses)
        chosen.append((threshold, bonus))
        for r in reads:
            if r.part == k:
                fired[id(r)] = by_any(r, threshold, bonus)
    return [fired[id(r)] for r in reads], chosen


def document_counts(r):
    """A few sums over a document, which verdict and buckets are weighed from."""
    o, roles = r.out, [ROLES.get(s.role, "other") for s in r.document.sentences]
    blame = sigmoid(o[:, SLICES["any"]].squeeze(1)) * (1 - sigmoid(o[:, SLICES["rules"]][:, 6]))
    cause = blame * sigmoid(o[:, SLICES["cause"]].squeeze(1))
    deep = sigmoid(o[:, SLICES["deepened"]].squeeze(1))
    head, tier, bucket = softmax(o[:, SLICES["head"]]), softmax(o[:, SLICES["tier"]]), sigmoid(o[:, SLICES["buckets"]])
    top = lambda x: [x.max(), x.sum() ** 0.5]
    x = top(cause) + top(cause * deep) + top(cause * (1 - deep)) + top(blame)
    for group in ("cause", "summary", "history", "other"):
        x.append((cause * [g == group for g in roles]).sum() ** 0.5)
    for k in range(1, len(HEADS)):
        x += top(head[:, k])
    x += [(tier[:, k].sum()) ** 0.5 for k in range(1, len(TIERS))]
    for k in range(len(BUCKETS)):
        x += top(bucket[:, k])
    person, ground = head[:, 1:4].sum() + cause.sum(), head[:, [4, 6]].sum() + bucket.sum()
    x += [person / (person + ground + 0.5), len(o) ** 0.5]
    return np.array(x)


def lexicon_counts(r):
    d = r.document.report
    x = [d["verdict"] == v for v in VERDICTS]
    x += [sum(f["cause"] for f in d["findings"] if f["rule"] in RULES) ** 0.5, sum(f["deepened"] for f in d["findings"] if f["rule"] in RULES) ** 0.5]
    heads = ["human", "condition", "external", "propagation", "ruled-out"]
    x += [min(sum(c["head"] == h for c in d["claims"]), 3) for h in heads]
    x += [d["coverage"][b]["status"] == "examined" for b in BUCKETS]
    return np.array(x, float)


def crossed(reads, x, y, keep, strength):
    """Cross-fitted predictions of a logistic regression."""
    said = np.zeros(len(y), int)
    for k in range(PARTS):
        test = np.array([r.part == k for r in reads])
        model = make_pipeline(StandardScaler(), LogisticRegression(C=strength, max_iter=500))
        model.fit(x[~test & keep], y[~test & keep])
        said[test] = model.predict(x[test])
    return said


def f1(said, gold):
    return 2 * (said & gold).sum() / max((said.sum() + gold.sum()), 1)


def verdicts(reads, x):
    y = np.array([VERDICTS.index(r.document.label["verdict"]) for r in reads])
    said = crossed(reads, x, y, np.ones(len(y), bool), 0.03)
    other = np.array([VERDICTS.index(r.document.label.get("verdict_alt", r.document.label["verdict"])) for r in reads])
    return said, np.where(said == other, other, y)


def buckets(reads, x):
    out = []
    for b in BUCKETS:
        labels = [r.document.label["buckets"][b] for r in reads]
        firm = np.array([l != "unsure" for l in labels])
        gold = np.array([l not in ("absent", "unsure") for l in labels])
        out.append((crossed(reads, x, gold.astype(int), firm, 0.03).astype(bool), gold, firm))
    return out


def report(paths):
    reads = load(paths)
    own = np.array([document_counts(r) for r in reads])
    both = np.hstack([own, [lexicon_counts(r) for r in reads]])
    lexicon = [r.lexicon for r in reads]
    alone, chosen_alone = findings(reads, [0.0])
    weighed, chosen = findings(reads, [1, 2, 3, 4, 6, 8])
    either = [np.maximum(a, l) for a, l in zip(alone, lexicon)]
    verdict_alone, gold = verdicts(reads, own)
    verdict_both, gold_both = verdicts(reads, both)
    buckets_alone, buckets_both = buckets(reads, own), buckets(reads, both)
    print(f"thresholds alone {chosen_alone}, with the lexicon {chosen}")
    print("group     docs | lexicon P R F1 rule | reader P R F1 rule | or P R F1 rule | weighed P R F1 rule | start-over F1, acc: reader, both, program | buckets reader, both, program")
    for group in GROUPS:
        at = [i for i, r in enumerate(reads) if r.group == group]
        if not at:
            continue
        row = [f"{group:8} {len(at):5}"]
        for fired in (lexicon, alone, either, weighed):
            row.append(" ".join(f"{v:.2f}" for v in figures(tally([reads[i] for i in at], [fired[i] for i in at]))))
        program = np.array([VERDICTS.index(r.document.report["verdict"]) for r in reads])
        row.append("  ".join(f"{f1(s[at] == 0, g[at] == 0):.2f} {(s[at] == g[at]).mean():.2f}" for s, g in ((verdict_alone, gold), (verdict_both, gold_both), (program, gold))))
        told = [(np.array([r.document.report["coverage"][b]["status"] == "examined" for r in reads]), g, k) for b, (_, g, k) in zip(BUCKETS, buckets_both)]
        for trio in (buckets_alone, buckets_both, told):
            each = [f1(s[at][k[at]], g[at][k[at]]) for s, g, k in trio]
            row.append(f"{np.mean(each):.2f} (" + " ".join(f"{v:.2f}" for v in each) + ")")
        row.append("cause %.2f deepened %.2f" % manner([reads[i] for i in at], [alone[i] for i in at]))
        print(" | ".join(row))


if __name__ == "__main__":
    report(sys.argv[1:])
