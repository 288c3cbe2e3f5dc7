"""Text to word pieces, sentences to windows of several sentences that are read at once."""
import json
import random
from collections import Counter
from dataclasses import dataclass

import numpy as np
from tokenizers import BertWordPieceTokenizer

from corpus import BUCKETS, QUESTIONS

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
MAX_SENTENCE, MAX_HEADING, MAX_WINDOW, MAX_CONTEXT = 96, 16, 128, 32


def encoder_vocabulary(folder):
    vocabulary = json.loads((folder / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    return [piece for piece, _ in sorted(vocabulary.items(), key=lambda item: item[1])]


def cut_vocabulary(pieces, texts, size):
    """The pieces that occur in the texts, then the most common of the others; spelled out, any word can be read."""
    full = tokenizer(pieces)
    counts = Counter()
    for encoding in full.encode_batch(texts, add_special_tokens=False):
        counts.update(encoding.tokens)
    letters = [p for p in pieces if len(p.removeprefix("##")) == 1 and p.isascii()]
    often = [p for p, n in counts.most_common() if n > 1]
    common = [p for p in pieces if not p.startswith("[unused") and p.isascii()]
    chosen = list(dict.fromkeys(SPECIAL + letters + often + common))[:size]
    order = {p: i for i, p in enumerate(pieces)}
    return SPECIAL + sorted((p for p in chosen if p not in SPECIAL), key=order.get)


def tokenizer(pieces):
    return BertWordPieceTokenizer(vocab={p: i for i, p in enumerate(pieces)}, lowercase=True)


@dataclass
class Encoded:
    """One sentence ready to be put in a window."""
    pieces: list
    marks: list
    prefix: list
    role: list
    section: tuple
    sentence: object
    number: int
    line: tuple   # of the document and the line, for labels that only name the line
    whole: tuple  # the labels of the document: a number for each question and bucket, -1 where it is not known


@dataclass
class Window:
    pieces: list
    owner: list   # for each piece the place of its sentence in `sentences`, -1 for role, heading and separators before
    marks: list
    sentences: list
    judged: list


def spans_of(quotes, text):
    found = []
    low = text.lower()
    for quote in quotes:
        at = low.find(quote.lower()) if quote else -1
        if at >= 0:
            found.append((at, at + len(quote)))
    return found


def labels_of(label):
    """What is known of a whole document: an answer to each question about its verdict, then each bucket."""
    def answer(yes, asked):
        firm = label["verdict"] in asked and "verdict_alt" not in label
        return float(label["verdict"] in yes) if firm else -1.0
    def bucket(value):
        return -1.0 if value == "unsure" else float(value != "absent")
    return (*(answer(*q) for q in QUESTIONS.values()), *(bucket(label["buckets"][b]) for b in BUCKETS))


def encode_document(tokens, document, first):
    """Encode all sentences of a document; `first` is the number of its first sentence."""
    texts = [s.text for s in document.sentences]
    headings = [f"{s.role.replace('-', ' ')} : {s.heading}" for s in document.sentences]
    roles = [f"{s.role.replace('-', ' ')} :" for s in document.sentences]
    batches = [tokens.encode_batch(t, add_special_tokens=False) if t else [] for t in (texts, headings, roles)]
    out, whole = [], labels_of(document.label)
    for i, (s, text, heading, role) in enumerate(zip(document.sentences, *batches)):
        spans = spans_of(s.quotes, s.text)
        marks = [float(any(a < y and x < b for x, y in spans)) for a, b in text.offsets]
        if 1 in s.rules and not spans or UNSURE in s.rules:
            marks = [-1.0] * len(marks)
        out.append(Encoded(text.ids[:MAX_SENTENCE], marks[:MAX_SENTENCE], heading.ids[:MAX_HEADING], role.ids, (s.role, s.heading), s, first + i, (first, s.line), whole))
    return out


UNSURE = -1


class Packer:
    """Fills windows with sentence after sentence; each window begins with the sentence before it as context."""

    def __init__(self, cls, sep, limit=MAX_WINDOW):
        self.cls, self.sep, self.limit = cls, sep, limit

    def windows(self, encoded):
        out, at = [], 0
        while at < len(encoded):
            window, at = self.fill(encoded, at)
            out.append(window)
        return out

    def fill(self, encoded, at):
        start = at - 1 if at and len(encoded[at - 1].pieces) <= MAX_CONTEXT and len(encoded[at].pieces) + 60 < self.limit else at
        first = encoded[start]
        window = Window([self.cls] + first.prefix + [self.sep], [], [], [], [])
        window.owner = [-1] * len(window.pieces)
        window.marks = [-1.0] * len(window.pieces)
        section, i = first.section, start
        while i < len(encoded):
            e = encoded[i]
            lead = e.role if e.section != section else []
            if i > at and len(window.pieces) + len(lead) + len(e.pieces) + 1 > self.limit:
                break
            self.add(window, e, lead, i >= at)
            section, i = e.section, i + 1
        return window, i

    def add(self, window, e, lead, judged):
        place = len(window.sentences)
        window.pieces += lead + e.pieces + [self.sep]
        window.owner += [-1] * len(lead) + [place] * (len(e.pieces) + 1)
        window.marks += [-1.0] * len(lead) + e.marks + [-1.0]
        window.sentences.append(e)
        window.judged.append(judged)


def batches(documents, size, shuffle=None):
    """Batches of about `size` pieces, all windows of a document in the same one. `documents` are lists of windows."""
    longest = lambda windows: max(len(w.pieces) for w in windows)
    order = sorted(documents, key=lambda d: (longest(d), shuffle.random() if shuffle else 0))
    out, batch = [], []
    for windows in order:
        if batch and longest(batch + windows) * len(batch + windows) > size:
            out.append(batch)
            batch = []
        batch = batch + windows
    out.append(batch)
    if shuffle:
        shuffle.shuffle(out)
    return out


def collate(batch):
    """Arrays of one batch: pieces, mask, owner (sentence number within the batch), marks, and its sentences."""
    longest = max(len(w.pieces) for w in batch)
    pieces = np.zeros((len(batch), longest), np.int64)
    mask = np.zeros((len(batch), longest), bool)
    owner = np.full((len(batch), longest), -1, np.int64)
    marks = np.full((len(batch), longest), -1.0, np.float32)
    sentences, judged = [], []
    for row, w in enumerate(batch):
        n = len(w.pieces)
        pieces[row, :n], mask[row, :n], marks[row, :n] = w.pieces, True, w.marks
        own = np.array(w.owner)
        owner[row, :n] = np.where(own >= 0, own + len(sentences), -1)
        sentences += w.sentences
        judged += w.judged
    return pieces, mask, owner, marks, sentences, np.array(judged)
