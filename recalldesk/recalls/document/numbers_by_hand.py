"""Numbers that a text should name as {figure}, so that they keep their source.

What can be told without guessing: a large number that [figures] holds, in any text; and in what
happened, where every number is a count, each number that is no part of a name, a day or a year.
"""

import re
from collections.abc import Iterator

from recalldesk.recalls.document.contents import Contents

LARGE, TOO_LARGE = 1000, 10**15
NUMBER = re.compile(r"(?<![\w{.,])\d+(?:[., \u00a0\u202f]\d{3})*(?:[.,]\d+)?(?![\w}])")
GROUPING = re.compile(r"[., \u00a0\u202f]")
MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
)
DAY = re.compile(rf"\b\d{{1,2}} (?:of |de )?(?:{MONTHS})\b|\b(?:{MONTHS}) \d{{1,2}}\b")
YEAR = re.compile(r"(?:19|20)\d\d")


def _without_names(text: str, contents: Contents) -> str:
    """The text without days and without what the products are called: both may hold a number."""
    text = DAY.sub("…", text)
    for product in contents.products:
        for name in sorted((product.model, *product.names), key=len, reverse=True):
            text = text.replace(name, "…")
    return text


def figures_by_hand(text: str, contents: Contents) -> Iterator[tuple[str, str]]:
    """Each large figure that a text writes out, with the figure's name."""
    large = {
        str(int(figure.value)): name
        for name, figure in contents.figures.items()
        if LARGE <= figure.value < TOO_LARGE and figure.value == int(figure.value)
    }
    for found in NUMBER.findall(_without_names(text, contents)):
        name = large.get(GROUPING.sub("", found))
        if name and not YEAR.fullmatch(found):
            yield found, name


def counts_in(text: str, contents: Contents) -> Iterator[str]:
    """Each number of a text but days and years."""
    for found in NUMBER.findall(_without_names(text, contents)):
        if not YEAR.fullmatch(found):
            yield found
