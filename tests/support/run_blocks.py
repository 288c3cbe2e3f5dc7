"""Writes the shell scripts in workflows, actions and jobs to a folder, so that shellcheck can read them.

usage: run_blocks.py FOLDER FILE...

The names of the scripts are those of their files, with a number. A script begins with what shellcheck has to know.
"""

import pathlib
import sys

import yaml

# GitHub and GitLab stop at the first command that fails.
FIRST = "# shellcheck shell={shell}\nset -e\n"


def scripts(node, shell):
    """Yields each script below a node of the document, with its shell."""
    if isinstance(node, list):
        for item in node:
            yield from scripts(item, shell)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == "run" and isinstance(value, str):
                yield node.get("shell", shell), value
            elif key in ("before_script", "script", "after_script"):
                yield "sh", "\n".join(value)  # of GitLab; its lines share one shell
            else:
                yield from scripts(value, shell)


def main():
    folder = pathlib.Path(sys.argv[1])
    for name in sys.argv[2:]:
        document = yaml.safe_load(pathlib.Path(name).read_text(encoding="utf-8"))
        stem = name.lstrip(".").replace("/", "-")
        for number, (shell, text) in enumerate(scripts(document, "bash"), start=1):
            (folder / f"{stem}-{number}.sh").write_text(FIRST.format(shell=shell) + text, encoding="utf-8")


main()
