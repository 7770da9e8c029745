"""Sets a paper by typst, with fonts that came with the packages; no network is asked.

Guarantee: texts reach the template as data, never as its language; a character that no font has
stands as its number. The PDF is tagged for screen readers, with its title and language (PDF/UA-1).
"""

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterator
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from recalldesk.notices.papers.apart import compiled, set_apart
from recalldesk.notices.papers.kinds import Kind
from recalldesk.pictures.reads import content_of

FOLDER = Path(__file__).parent
FONTS = Path(str(files("font_source_sans_pro") / "files"))


LETTERS = "owner-letter"
"""The template of letters to owners, up to a thousand at once, which is set in a process apart; all
others are those of `Kind`."""


def as_pdf(kind: Kind | str, told: dict[str, Any]) -> bytes:
    """The PDF of what is told. `kind`: names the template. Raises SettingFailed of letters."""
    return _set(kind, told, "pdf")[0]


def as_pictures(kind: Kind | str, told: dict[str, Any]) -> list[bytes]:
    """Its pages as PNG, for whoever wants to look at them."""
    return _set(kind, told, "png")


def digest_of(kind: Kind, told: dict[str, Any]) -> str:
    """Names what `as_pdf` makes: another text, template or typst has another digest."""
    made_of = hashlib.sha256(json.dumps([kind, told], sort_keys=True).encode())
    made_of.update(version("typst").encode())
    for template in (FOLDER / f"{kind}.typ", FOLDER / "paper.typ"):
        made_of.update(template.read_bytes())
    return made_of.hexdigest()


def _photos(told: dict[str, Any]) -> dict[str, str]:
    """The photographs that are told of, by digest, each as a drawing that holds nothing else: so
    its bytes reach the template as a text, as all else does."""
    found = {}
    for photo in _told_photos(told):
        content = content_of(photo["digest"])
        if content is not None:
            width, height = photo["width"], photo["height"]
            found[photo["digest"]] = (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
                f'<image width="{width}" height="{height}" '
                f'href="data:image/jpeg;base64,{b64encode(content).decode()}"/></svg>'
            )
    return found


def _told_photos(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        if "digest" in part:
            yield part
        for value in part.values():
            yield from _told_photos(value)
    elif isinstance(part, list):
        for entry in part:
            yield from _told_photos(entry)


def _set(kind: Kind | str, told: dict[str, Any], form: Literal["pdf", "png"]) -> list[bytes]:
    asked = {
        "template": str(kind),
        "fonts": [str(FONTS)],
        "form": form,
        "told": told,
        "photos": _photos(told),
    }
    return set_apart(asked) if kind == LETTERS else compiled(asked)
