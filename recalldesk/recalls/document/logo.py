"""A brand's logo, drawn as SVG in the recall file itself.

Guarantee: a logo that is accepted is well-formed SVG, small, and neither runs nor loads anything.
"""

import re
from xml.etree import ElementTree

LONGEST = 20_000
FORBIDDEN = re.compile(
    r"<!|<\?|<\s*(script|foreignObject|image|use|style|a)\b|\bon\w+\s*=|href|url\(", re.I
)


def harmless_svg(text: str) -> str:
    """The logo, or ValueError with what is wrong with it."""
    if not text:
        return text
    if len(text) > LONGEST:
        raise ValueError(f"has {len(text):,} characters; a logo has at most {LONGEST:,}")
    found = FORBIDDEN.search(text)
    if found:
        raise ValueError(
            f"holds {found[0].strip()!r}: a logo draws only, it loads and runs nothing"
        )
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - no doctype, so no entities (see FORBIDDEN)
    except ElementTree.ParseError as error:
        raise ValueError(f"is not well-formed SVG: {error}") from error
    if root.tag != "{http://www.w3.org/2000/svg}svg" or "viewBox" not in root.attrib:
        raise ValueError('is <svg xmlns="http://www.w3.org/2000/svg" viewBox="…"> and its shapes')
    return text
