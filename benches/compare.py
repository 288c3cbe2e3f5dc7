#!/usr/bin/env python3
"""Compares the speed of rcalint with two other programs, and prints the ratios.

    cargo build --release && cargo bench --no-run --bench parse_only
    python3 benches/compare.py [--corpus FOLDER ...] [--quick]

For start-up on one file, the other program is `rg -i 'human error'` (if ripgrep is installed). For throughput, it is the bench
`parse_only`, which reads and parses the same files with pulldown-cmark on as many threads. The documents are cut from
`examples/` and from the Markdown files of further folders. Each figure is the fastest of several runs, since other load on the
machine can only make a run slower.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "target" / "release" / "rcalint"


def main():
    asked = arguments()
    texts = [path.read_text(encoding="utf-8") for path in markdown(asked.corpus)]
    files = 200 if asked.quick else 2_000
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        print(f"{len(texts)} documents to cut from, {os.cpu_count()} threads\n")
        print("| what | rcalint | other program | ratio |\n|---|---|---|---|")
        cold_start(scratch, texts, 5 if asked.quick else 30)
        throughput(scratch, texts, files, 3)
        memory(scratch / f"corpus-{files}")
        print("\n| size | time | per MB |\n|---|---|---|")
        growth_of_size(scratch, texts)
        growth_of_number(scratch, texts, [100, 1_000] if asked.quick else [100, 1_000, 10_000])


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", action="append", default=[], type=pathlib.Path, help="further documents")
    parser.add_argument("--quick", action="store_true", help="200 files instead of 2,000")
    return parser.parse_args()


def markdown(folders):
    for folder in [ROOT / "examples", *folders]:
        yield from sorted(folder.rglob("*.md"))


def cut(texts, number, size):
    """Document `number`: texts joined and cut at the last line end before `size` bytes."""
    parts, length, at = [], 0, number
    while length < size:
        parts.append(texts[at % len(texts)])
        length += len(parts[-1].encode()) + 2
        at += 7
    text = "\n\n".join(parts).encode()[:size].decode(errors="ignore")
    return text[: text.rfind("\n") + 1]


def corpus(scratch, texts, files, size=10_000):
    folder = scratch / f"corpus-{files}"
    folder.mkdir(exist_ok=True)
    for number in range(files):
        (folder / f"{number:05}.md").write_text(cut(texts, number, size), encoding="utf-8")
    return folder


def fastest(command, runs):
    best = float("inf")
    for _ in range(runs):
        begin = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        best = min(best, time.perf_counter() - begin)
    return best


def check(path, *options):
    return [PROGRAM, "--isolated", "check", "--format", "json", *options, path]


def row(what, own, other):
    print(f"| {what} | {own * 1000:.1f} ms | {other * 1000:.1f} ms | {own / other:.2f} |")


def cold_start(scratch, texts, runs):
    path = scratch / "one.md"
    path.write_text(cut(texts, 0, 8_000), encoding="utf-8")
    own = fastest(check(path), runs)
    ripgrep = shutil.which("rg")
    if ripgrep:
        row("start, one file of 8 kB (`rg -i 'human error'`)", own, fastest([ripgrep, "-i", "human error", path], runs))
    else:
        print(f"| start, one file of 8 kB | {own * 1000:.1f} ms | ripgrep is not installed | |")


def throughput(scratch, texts, files, runs):
    folder = corpus(scratch, texts, files)
    size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
    other_program = parse_only()
    for threads in sorted({1, os.cpu_count() or 1}):
        own = fastest(check(folder, "--jobs", str(threads)), runs)
        if other_program:
            other = fastest([other_program, folder, str(threads)], runs)
            row(f"{files} files, {size:.0f} MB, {threads} thread(s) (`parse_only`)", own, other)
        else:
            print(f"| {files} files, {size:.0f} MB, {threads} thread(s) | {own * 1000:.1f} ms | not built | |")


def parse_only():
    built = (ROOT / "target" / "release" / "deps").glob("parse_only-*")
    programs = [path for path in built if not path.suffix and os.access(path, os.X_OK)]
    return max(programs, key=lambda path: path.stat().st_mtime, default=None)


def memory(folder):
    for form in ["jsonl", "json"]:
        child = subprocess.Popen(
            [PROGRAM, "--isolated", "check", "--format", form, folder], stdout=subprocess.DEVNULL
        )
        _, _, usage = os.wait4(child.pid, 0)
        scale = 1024 if sys.platform != "darwin" else 1024 * 1024
        print(f"| peak memory, `--format {form}` | {usage.ru_maxrss / scale:.0f} MB | | |")


def growth_of_size(scratch, texts):
    for size in [10_000, 100_000, 1_000_000]:
        path = scratch / f"{size}.md"
        path.write_text(cut(texts, 0, size), encoding="utf-8")
        own = fastest(check(path), 5)
        print(f"| one file of {size // 1000} kB | {own * 1000:.1f} ms | {own * 1e9 / size:.0f} ms |")


def growth_of_number(scratch, texts, numbers):
    for files in numbers:
        own = fastest(check(corpus(scratch, texts, files)), 2)
        print(f"| {files} files of 10 kB | {own * 1000:.0f} ms | {own * 1e5 / files:.0f} ms |")


if __name__ == "__main__":
    main()
