"""How a reader learns from labels."""
import random
import time

import numpy as np
import torch
from torch.nn import functional as F

from corpus import BUCKETS
from encode import Packer, batches, collate
from model import SLICES, WIDTH

UNKNOWN_BUCKET_WEIGHT = 1.0
MOST_WINDOWS = 40  # of a document that are learned from at once


def targets(sentences):
    get = lambda f, t=torch.float32: torch.tensor([f(e.sentence) for e in sentences], dtype=t)
    return {
        "rules": get(lambda s: s.rules), "any": get(lambda s: 1 if 1 in s.rules else -1 if -1 in s.rules else 0),
        "cause": get(lambda s: s.cause), "deepened": get(lambda s: s.deepened), "head": get(lambda s: s.head, torch.long),
        "buckets": get(lambda s: s.buckets), "tier": get(lambda s: s.tier, torch.long),
    }


def binary(logits, wanted, keep, positive=1.0):
    """Mean cross entropy of the yes-no outputs that are to be kept."""
    loss = F.binary_cross_entropy_with_logits(logits, (wanted > 0).float(), pos_weight=torch.tensor(positive), reduction="none")
    keep = keep.float()
    return (loss * keep).sum() / keep.sum().clamp_min(1)


def choice(logits, wanted, keep):
    return F.cross_entropy(logits[keep], wanted[keep]) if keep.any() else logits.sum() * 0


def bag_loss(logits, wanted, bags):
    """Some sentence of the labelled line is the evidence for a bucket: the likeliest one is pulled up."""
    loss, n = logits.sum() * 0, 0
    for k in range(len(BUCKETS)):
        rows = (wanted[:, k] == 2).nonzero().squeeze(1)
        for bag in {bags[i] for i in rows.tolist()}:
            inside = [i for i in rows.tolist() if bags[i] == bag]
            none = F.logsigmoid(-logits[inside, k]).sum().clamp_max(-1e-4)
            loss, n = loss - torch.log1p(-none.exp()), n + 1
    return loss / max(n, 1)


def label_loss(out, marks, wanted_marks, sentences, judged):
    want = targets(sentences)
    judged = torch.from_numpy(judged)
    at = {name: out[:, part] for name, part in SLICES.items()}
    one = lambda name: binary(at[name].squeeze(1), want[name], judged & (want[name] >= 0), 2.0 if name == "any" else 1.0)
    firm = judged[:, None] & ((want["buckets"] == 0) | (want["buckets"] == 1))
    vague = judged[:, None] & (want["buckets"] == -1)
    bags = [e.line for e in sentences]
    return (
        15 * binary(at["rules"], want["rules"], judged[:, None] & (want["rules"] >= 0), 2.0)
        + 6 * one("any") + 0.4 * one("cause") + 0.4 * one("deepened")
        + 2.0 * choice(at["head"], want["head"], judged & (want["head"] >= 0))
        + 8.0 * binary(at["buckets"], want["buckets"], firm, 2.0)
        + UNKNOWN_BUCKET_WEIGHT * binary(at["buckets"], torch.zeros_like(want["buckets"]), vague)
        + 1.0 * bag_loss(at["buckets"], want["buckets"], bags)
        + 1.0 * choice(at["tier"], want["tier"], judged & (want["tier"] >= 0))
        + 3.0 * binary(marks, wanted_marks, wanted_marks >= 0, 3.0)
    )


def whole_loss(reader, pooled, sentences, judged):
    """How far the outputs for whole documents are from their labels."""
    order = {first: i for i, first in enumerate(dict.fromkeys(e.line[0] for e in sentences))}
    owner = torch.tensor([order[e.line[0]] for e in sentences])
    labels = {order[e.line[0]]: e.whole for e in sentences}
    wanted = torch.tensor([labels[i] for i in range(len(order))])
    judged = torch.from_numpy(judged)
    out = reader.whole(reader.dropout(pooled[judged]), owner[judged], len(order))
    return 4.0 * binary(out, wanted, wanted >= 0)


FRESH = ("mark", "judge", "whole")  # parts that are not pre-trained


def optimizer(reader, rate):
    fresh = [p for n, p in reader.named_parameters() if n.split(".")[0] in FRESH]
    known = [p for n, p in reader.named_parameters() if n.split(".")[0] not in FRESH]
    return torch.optim.AdamW([{"params": known, "lr": rate}, {"params": fresh, "lr": 10 * rate}], weight_decay=0.01)


def windows_of(document, special, rng=None, plain=0.5):
    """The windows of a document. While learning, their size and so their borders differ, and plain ones are left out."""
    limit = rng.choice([64, 96, 128]) if rng else 128
    windows = Packer(*special, limit).windows(document)
    if rng is None:
        return windows
    kept = [w for w in windows if telling(w) or rng.random() < plain] or windows[:1]
    chosen = sorted(rng.sample(range(len(kept)), min(len(kept), MOST_WINDOWS)))
    return [kept[i] for i in chosen]


def telling(window):
    return any(1 in e.sentence.rules or e.sentence.head > 0 or 2 in e.sentence.buckets or 1 in e.sentence.buckets for e in window.sentences)


def learn(reader, encoded, special, epochs, rate, seed, size=2048, coarse_from=None, log=print):
    """Train for some epochs, from the epoch `coarse_from` on with the weights in 4 bits."""
    rng = random.Random(seed)
    torch.manual_seed(seed)
    steps = optimizer(reader, rate)
    plan, coarse_step = [], None
    for epoch in range(epochs):
        if epoch == coarse_from:
            coarse_step = len(plan)
        plan += batches([windows_of(d, special, rng) for d in encoded if d], size, rng)
    schedule = torch.optim.lr_scheduler.LambdaLR(steps, lambda i: min((i + 1) / (0.06 * len(plan)), (len(plan) - i) / (0.94 * len(plan))))
    reader.train()
    began, total = time.time(), 0.0
    for i, batch in enumerate(plan):
        if i == coarse_step:
            reader.make_coarse()
        loss = one_loss(reader, batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
        steps.step()
        steps.zero_grad()
        schedule.step()
        total += loss.item()
        if (i + 1) % 100 == 0:
            log(f"step {i + 1}/{len(plan)} loss {total / 100:.3f} {time.time() - began:.0f} s", flush=True)
            total = 0.0
    return reader.eval()


def one_loss(reader, batch):
    pieces, mask, owner, wanted, sentences, judged = collate(batch)
    pieces, mask, owner, wanted = map(torch.from_numpy, (pieces, mask, owner, wanted))
    with torch.autocast("cpu", torch.bfloat16):
        out, marks, pooled = reader(pieces, mask, owner, len(sentences))
    labels = label_loss(out.float(), marks.float(), wanted, sentences, judged)
    return labels + whole_loss(reader, pooled.float(), sentences, judged)


@torch.no_grad()
def read(reader, encoded, special):
    """The outputs for every sentence of every document, and the outputs for each document."""
    reader.eval()
    out, whole = {}, []
    for document in encoded:
        rows = {}
        for batch in batches([[w] for w in windows_of(document, special)], 4096) if document else []:
            pieces, mask, owner, _, sentences, judged = collate(batch)
            logits, _, pooled = reader(*map(torch.from_numpy, (pieces, mask, owner)), len(sentences))
            rows |= {e.number: (a, b) for e, yes, a, b in zip(sentences, judged, logits.float().numpy(), pooled.float()) if yes}
        out |= {number: row for number, (row, _) in rows.items()}
        pooled = torch.stack([rows[i][1] for i in sorted(rows)]) if rows else torch.zeros(0, 2 * WIDTH)
        whole.append(reader.whole(pooled, torch.zeros(len(rows), dtype=torch.long), 1)[0].numpy())
    return np.stack([out[i] for i in sorted(out)]), np.stack(whole)
