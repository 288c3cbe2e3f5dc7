"""The reader's network: a small encoder, sentences pooled from its pieces, one linear layer of outputs."""
import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F

from corpus import BUCKETS, HEADS, QUESTIONS, RULES, TIERS

WIDTH, HEADS_OF_ATTENTION, INNER, POSITIONS = 384, 12, 1536, 128
OUTPUTS = {"rules": len(RULES), "any": 1, "cause": 1, "deepened": 1, "head": len(HEADS), "buckets": len(BUCKETS), "tier": len(TIERS)}


def slices():
    at, out = 0, {}
    for name, size in OUTPUTS.items():
        out[name] = slice(at, at + size)
        at += size
    return out


SLICES = slices()
TOTAL = sum(OUTPUTS.values())
VIEWS, FEATURES = 8, 32   # how many times the whole document is summed up, each time in how many numbers
OF_DOCUMENT = len(QUESTIONS) + len(BUCKETS)


GROUP, LARGEST_STEP = 64, 7


def coarse(weight):
    """The weight in 4 bits, as the program will have it; learning goes on as if nothing had been rounded."""
    with torch.no_grad():
        groups = weight.view(-1, GROUP)
        scale = groups.abs().amax(1, keepdim=True) / LARGEST_STEP + 1e-9
        lost = (groups / scale).round_().mul_(scale).sub_(groups).view_as(weight)
    return weight + lost


class Linear(nn.Linear):
    """A linear layer that can learn with coarse weights."""
    coarse = False

    def forward(self, x):
        return F.linear(x, coarse(self.weight) if self.coarse else self.weight, self.bias)


class Words(nn.Embedding):
    coarse = False

    def forward(self, pieces):
        return F.embedding(pieces, coarse(self.weight) if self.coarse else self.weight)


class Layer(nn.Module):
    def __init__(self, inner=INNER, dropout=0.1):
        super().__init__()
        self.qkv = Linear(WIDTH, 3 * WIDTH)
        self.out = Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = Linear(WIDTH, inner)
        self.down = Linear(inner, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, mask):
        b, n, _ = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, HEADS_OF_ATTENTION, -1).permute(2, 0, 3, 1, 4)
        scores = (q * q.shape[-1] ** -0.5) @ k.transpose(-1, -2)
        read = scores.masked_fill(~mask[:, None, None, :], -1e4).softmax(-1).to(v.dtype) @ v
        x = self.norm1(x + self.dropout(self.out(read.transpose(1, 2).reshape(b, n, WIDTH))))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Whole(nn.Module):
    """Outputs for a whole document: its sentences summed up several times, each time with other weights."""

    def __init__(self):
        super().__init__()
        self.weight = nn.Linear(2 * WIDTH, VIEWS)
        self.features = nn.Linear(2 * WIDTH, FEATURES)
        self.judge = nn.Linear(VIEWS * FEATURES, OF_DOCUMENT)

    def forward(self, pooled, owner, count):
        """`pooled` has a row for each sentence, `owner` the number of its document."""
        weight = self.weight(pooled)
        largest = torch.full((count, VIEWS), -1e9).scatter_reduce(0, owner[:, None].expand_as(weight), weight.detach(), "amax")
        weight = torch.exp(weight - largest[owner])
        total = torch.zeros(count, VIEWS).index_add(0, owner, weight)
        features = F.relu(self.features(pooled))
        views = (weight / total[owner])[:, :, None] * features[:, None, :]
        whole = torch.zeros(count, VIEWS * FEATURES).index_add(0, owner, views.flatten(1))
        return self.judge(whole)


class Reader(nn.Module):
    def __init__(self, pieces, layers):
        super().__init__()
        self.words = Words(pieces, WIDTH)
        self.places = nn.Parameter(torch.zeros(POSITIONS, WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.mark = nn.Linear(WIDTH, 1)
        self.judge = nn.Linear(2 * WIDTH, TOTAL)
        self.whole = Whole()
        self.dropout = nn.Dropout(0.1)

    def make_coarse(self):
        """From now on learn with the weights in 4 bits."""
        for part in self.modules():
            if isinstance(part, (Linear, Words)):
                part.coarse = True

    def encode(self, pieces, mask):
        x = self.dropout(self.norm(self.words(pieces) + self.places[:pieces.shape[1]]))
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def pool(self, x, marks, owner, count):
        """The mean of each sentence's pieces, and their mean weighted by how much each is marked."""
        own = owner >= 0
        index, x, marks = owner[own], x[own].float(), marks[own]
        ones = torch.ones_like(marks)
        size = torch.zeros(count).index_add(0, index, ones).clamp_min(1)
        mean = torch.zeros(count, WIDTH).index_add(0, index, x) / size[:, None]
        weight = torch.exp(marks.clamp(-15, 15))
        total = torch.zeros(count).index_add(0, index, weight)
        marked = torch.zeros(count, WIDTH).index_add(0, index, x * weight[:, None]) / total[:, None]
        return torch.cat([mean, marked], 1)

    def forward(self, pieces, mask, owner, count):
        x = self.encode(pieces, mask).float()
        marks = self.mark(x).squeeze(-1).float()
        pooled = self.pool(x, marks, owner, count)
        return self.judge(self.dropout(pooled)), marks, pooled


def from_encoder(folder, all_pieces, pieces, layers):
    """A reader with the weights of the pre-trained encoder: its rows for `pieces`, its layers `layers`."""
    weights = load_file(folder / "model.safetensors")
    reader = Reader(len(pieces), len(layers))
    order = {p: i for i, p in enumerate(all_pieces)}
    own = {"words.weight": weights["embeddings.word_embeddings.weight"][[order[p] for p in pieces]]}
    own["places"] = weights["embeddings.position_embeddings.weight"][:POSITIONS] + weights["embeddings.token_type_embeddings.weight"][0]
    own["norm.weight"], own["norm.bias"] = weights["embeddings.LayerNorm.weight"], weights["embeddings.LayerNorm.bias"]
    for i, n in enumerate(layers):
        own |= layer_weights(weights, f"encoder.layer.{n}.", f"layers.{i}.")
    reader.load_state_dict(own, strict=False)
    nn.init.normal_(reader.mark.weight, std=0.02)
    nn.init.constant_(reader.mark.bias, -2)
    return reader


def layer_weights(weights, theirs, ours):
    out = {}
    for part in ("weight", "bias"):
        qkv = [weights[f"{theirs}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
        out[f"{ours}qkv.{part}"] = torch.cat(qkv)
        names = {"out": "attention.output.dense", "norm1": "attention.output.LayerNorm", "up": "intermediate.dense",
                 "down": "output.dense", "norm2": "output.LayerNorm"}
        for short, long in names.items():
            out[f"{ours}{short}.{part}"] = weights[f"{theirs}{long}.{part}"]
    return out
