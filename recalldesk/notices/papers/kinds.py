"""Which papers there are, their sizes, and what their files are called."""

from enum import StrEnum


class Kind(StrEnum):
    """What is printed."""

    POSTER = "poster"
    PRESS_RELEASE = "press-release"
    TRADE_LETTER = "trade-letter"


class Paper(StrEnum):
    """Its size. Tabloid is 11 x 17 in."""

    LETTER = "letter"
    TABLOID = "tabloid"
    A4 = "a4"
    A3 = "a3"

    @property
    def shown(self) -> str:
        """Its name, as people write it."""
        return self.value.upper() if self in (Paper.A4, Paper.A3) else self.value.capitalize()


AMERICAN = frozenset({"US", "CA", "MX"})
"""Countries of the recall whose offices print on letter paper."""


def usual_paper(countries: tuple[str, ...]) -> Paper:
    """The size of an office's paper in the recall's first country."""
    return Paper.LETTER if countries[0] in AMERICAN else Paper.A4


def file_name(
    kind: Kind, paper: Paper, *, recall: str, version: int, language: str, brand: str = ""
) -> str:
    """What the file is called when it is kept. `brand`: the key of the only one that it is of."""
    of_brand = f"-{brand}" if brand else ""
    return f"{recall}{of_brand}-v{version}-{kind}-{paper}-{language}.pdf"
