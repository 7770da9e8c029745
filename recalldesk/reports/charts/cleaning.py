"""Makes of what the engine drew a picture that may stand in a page. Pure.

Guarantees: only what is named here is in it: shapes, texts and how they look; no script, no style,
no link, no address. Its texts are in the font of the page. It has a title and a description.
"""

import re
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"
TAGS = frozenset({"g", "line", "path", "rect", "text", "tspan", "circle"})
LOOKS = frozenset(
    {
        "d", "dx", "dy", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height",
        "transform", "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin",
        "stroke-linecap", "stroke-miterlimit", "opacity", "fill-opacity", "stroke-opacity",
        "text-anchor", "font-size", "font-weight", "display",
    }
)  # fmt: skip
LONG = re.compile(r"(\d\.\d\d)\d+")
"""A place on the page to more than a hundredth of a point."""
ELSEWHERE = ("url(", "//", "javascript:")


class NoPicture(Exception):
    """What was drawn is no picture."""


def cleaned(svg: str, *, name: str, title: str, says: str) -> str:
    """The picture. `name`: unlike that of any other in the page."""
    if "<!" in svg:  # neither a document type nor anything that one declares
        raise NoPicture("it declares something")
    try:
        drawn = ElementTree.fromstring(svg)  # noqa: S314 - of our own engine, and nothing declared
    except ElementTree.ParseError as error:
        raise NoPicture(str(error)) from error
    view = drawn.get("viewBox", "")
    if drawn.tag != f"{SVG}svg" or len(view.split()) != 4:
        raise NoPicture("it is no picture")
    names = {"title": f"{name}-title", "desc": f"{name}-desc"}
    made = ElementTree.Element(
        "svg",
        {
            "class": "chart",
            "viewBox": view,
            "role": "img",
            "aria-labelledby": names["title"],
            "aria-describedby": names["desc"],
        },
    )
    for tag, text in (("title", title), ("desc", says)):
        ElementTree.SubElement(made, tag, {"id": names[tag]}).text = text
    for each in drawn:
        _take(each, made)
    return ElementTree.tostring(made, encoding="unicode")


def _take(drawn: ElementTree.Element, into: ElementTree.Element) -> None:
    """Takes a part over, and what is in it; what draws nothing is left out."""
    tag = drawn.tag.removeprefix(SVG)
    if tag not in TAGS or drawn.get("display") == "none" or drawn.get("class") == "background":
        return
    looks = {
        name: LONG.sub(r"\1", value)
        for name, value in drawn.attrib.items()
        if name in LOOKS and not any(each in value.lower() for each in ELSEWHERE)
    }
    made = ElementTree.SubElement(into, tag, looks)
    made.text = drawn.text
    for each in drawn:
        _take(each, made)
    if tag == "g" and not len(made):
        into.remove(made)
