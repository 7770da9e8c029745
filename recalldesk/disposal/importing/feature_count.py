"""How many features a GeoJSON file has, counted in its bytes and in nothing else.

Guarantee: shares no code with the reader of features, so that the two can prove each other. It goes
by brackets and quotation marks alone: of the outermost object, the elements of `features`.
"""

import re

TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*+"|[\[\]{},:]|[^\s\[\]{},:"]+', re.DOTALL)
NAME = b'"features"'


def count_features(text: bytes) -> int:
    """The elements of the outermost object's `features`, in UTF-8."""
    depth = count = 0
    inside = is_after_name = False
    before = b""
    for match in TOKEN.finditer(text):
        token = match[0]
        if inside and depth == 2 and token not in b"],":
            count += 1
        if token in b"{[":
            inside = inside or (token == b"[" and depth == 1 and is_after_name)
            depth += 1
        elif token in b"}]":
            depth -= 1
            inside = inside and depth > 1
        is_after_name = token == b":" and depth == 1 and before == NAME
        before = token
    return count
