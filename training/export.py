"""A reader's weights in the file that the program embeds, and the same rounding for the reader in Python.

The format is described in src/reader/weights.rs.
"""
import json
import struct

import numpy as np
import torch

from corpus import BUCKETS, HEADS, QUESTIONS, RULES, TIERS

READER_VERSION = "2026.1"  # to be raised with every change of the weights that users could notice
MAGIC, GROUP, STEPS = b"RCAREAD2", 64, 63
# What the outputs stand for, so that the program takes it from the file.
NAMES = {"rules": RULES, "heads": HEADS, "buckets": BUCKETS, "tiers": TIERS, "questions": list(QUESTIONS)}


def nibble_steps(matrix):
    """4-bit rows in groups of 64: whole numbers from -7 to 7, and the scale of each group cut to 16 bits."""
    groups = matrix.reshape(len(matrix), -1, GROUP)
    scale = cut16(np.abs(groups).max(2) / 7 + 1e-9)
    steps = np.clip(np.rint(groups / scale[:, :, None]), -7, 7)
    return steps.reshape(matrix.shape).astype(np.int8), scale


def row_steps(weight):
    """8-bit rows of which 7 bits are used, so that no processor's kernel overflows."""
    scale = (np.abs(weight).max(1) / np.float32(STEPS) + np.float32(1e-12)).astype(np.float32)
    return np.clip(np.rint(weight / scale[:, None]), -STEPS, STEPS).astype(np.int8), scale


def four_bits(matrix):
    """The matrix as it comes out of the file."""
    steps, scale = nibble_steps(matrix)
    return steps.astype(np.float32) * np.repeat(scale, GROUP, 1)


def packed(matrix):
    """Two steps a byte, the first half of a group in the lower four bits; then the scales."""
    steps, scale = nibble_steps(matrix)
    nibbles = (steps + 8).astype(np.uint8).reshape(-1, 2, GROUP // 2)
    return (nibbles[:, 0] | nibbles[:, 1] << 4).tobytes() + halves(scale)


def cut16(x):
    """The numbers with the upper 16 of their 32 bits, rounded."""
    bits = np.ascontiguousarray(x, np.float32).view(np.uint32)
    return ((bits + 0x8000) & 0xFFFF0000).view(np.float32)


def halves(x):
    return (cut16(x).view(np.uint32) >> 16).astype("<u2").tobytes()


def floats(x):
    return np.ascontiguousarray(x, "<f4").tobytes()


def linear(state, name):
    return packed(state[name + ".weight"]) + floats(state[name + ".bias"])


def norm(state, name):
    return floats(state[name + ".weight"]) + floats(state[name + ".bias"])


def block(data):
    return struct.pack("<I", len(data)) + data


def layers_of(state):
    return 1 + max(int(k.split(".")[1]) for k in state if k.startswith("layers."))


def export(state, pieces, about):
    """All the bytes of the file."""
    state = {k: v.float().numpy() for k, v in state.items()}
    count = layers_of(state)
    sizes = {"layers": count, "pieces": len(pieces), "inner": len(state["layers.0.up.bias"]),
             "views": len(state["whole.weight.bias"]), "features": len(state["whole.features.bias"])}
    header = {"version": READER_VERSION, **sizes, **NAMES, **about}
    out = [MAGIC, block(json.dumps(header, sort_keys=True).encode()), block("\n".join(pieces).encode())]
    out += [packed(state["words.weight"]), halves(state["places"]), norm(state, "norm")]
    for i in range(count):
        name = f"layers.{i}."
        out += [linear(state, name + "qkv"), linear(state, name + "out"), norm(state, name + "norm1")]
        out += [linear(state, name + "up"), linear(state, name + "down"), norm(state, name + "norm2")]
    out += [floats(state["mark.weight"]), floats(state["mark.bias"]), floats(state["judge.weight"]), floats(state["judge.bias"])]
    for name in ("weight", "features", "judge"):
        out += [floats(state[f"whole.{name}.weight"]), floats(state[f"whole.{name}.bias"])]
    return b"".join(out)


def rounded(state):
    """The state as the program will see it."""
    out = {k: v.clone().float() for k, v in state.items()}
    out["words.weight"] = torch.from_numpy(four_bits(out["words.weight"].numpy()))
    out["places"] = torch.from_numpy(cut16(out["places"].numpy()))
    for name in out:
        if name.startswith("layers.") and name.endswith("weight") and out[name].dim() == 2:
            steps, scale = row_steps(four_bits(out[name].numpy()))
            out[name] = torch.from_numpy(steps * scale[:, None])
    return out


class Rounded(torch.nn.Linear):
    """A linear layer that rounds what it reads to bytes, as the program does."""

    def forward(self, x):
        scale = x.abs().amax(-1, keepdim=True).clamp_min(1e-8) / 127
        return torch.nn.functional.linear((x * (1 / scale)).round() * scale, self.weight, self.bias)


def as_deployed(reader, state):
    """Turn a reader into one that computes like the program, up to the order of sums."""
    reader.load_state_dict(rounded(state))
    for layer in reader.layers:
        for name in ("qkv", "out", "up", "down"):
            getattr(layer, name).__class__ = Rounded
    return reader.eval()
