#!/usr/bin/env python3
"""A preprocessor of mdBook. Links to files of the repository that are not in the book become their words alone."""

import json
import re
import sys

LINK = re.compile(r"\[([^\]]+)\]\((\.\./[^)\s]*)\)")


def without_links_outside(text, path):
    """Returns the text of the page at this path below the folder of the pages."""

    def shown(link):
        words, target = link.groups()
        if target.count("../") <= path.count("/"):
            return link[0]
        name = target.replace("../", "").removesuffix("README.md")
        return words if name in words else f"{words} (`{name}`)"

    return LINK.sub(shown, text)


def rewrite(items):
    for item in items:
        chapter = item.get("Chapter") if isinstance(item, dict) else None
        if chapter:
            chapter["content"] = without_links_outside(chapter["content"], chapter["path"] or "")
            rewrite(chapter["sub_items"])


if sys.argv[1:2] != ["supports"]:  # every renderer is supported
    _, book = json.load(sys.stdin)
    rewrite(book.get("items") or book.get("sections") or [])
    json.dump(book, sys.stdout)
