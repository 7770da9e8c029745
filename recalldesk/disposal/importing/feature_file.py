"""A GeoJSON file: a collection of points, each a site.

Guarantees: what is no such file is refused in words that say what it is; a feature that cannot be
taken costs itself and no other; the features that were read are held against an independent count.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from recalldesk.disposal.errors import SitesRefused
from recalldesk.disposal.importing.feature_count import count_features
from recalldesk.disposal.importing.heading_names import field_named
from recalldesk.disposal.states import LineReason
from recalldesk.units.importing.opening import file_digest, opened

MOST_BYTES = 256 << 20
BLOCK = 1 << 20
LONGITUDE_FIRST = ("CRS84", "4326")
WHAT_IS_READ = "Export it as GeoJSON: a FeatureCollection of points, longitude before latitude."


@dataclass(frozen=True)
class Feature:
    """One feature. `said`: by our names of fields, or why it cannot be judged; `text`: as it came.
    `unread`: names of properties that are not known."""

    number: int
    said: Mapping[str, str] | LineReason
    text: str
    unread: tuple[str, ...] = ()


@dataclass(frozen=True)
class FeatureFile:
    """A file that was read whole. `count`: counted independently of `features`."""

    sha256: str
    count: int
    _features: list[Any]

    def features(self) -> Iterator[Feature]:
        """All features, in their order, by numbers from 1."""
        for number, each in enumerate(self._features, 1):
            text = json.dumps(each, ensure_ascii=False)
            said, unread = _said(each)
            yield Feature(number, said, text, unread)


def is_features(path: Path) -> bool:
    """Whether the file begins as JSON does. Raises FileNotReadable."""
    with opened(path) as file:
        start = file.read(BLOCK)[:256].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith((b"{", b"["))


def open_features(path: Path) -> FeatureFile:
    """Reads the file. Raises SitesRefused, FileNotReadable."""
    text = _bytes(path)
    try:
        whole = json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise SitesRefused(
            f"The file is no JSON: line {error.lineno}, column {error.colno}: {error.msg}.",
            "Was it cut off? Export it anew.",
        ) from error
    except (ValueError, RecursionError) as error:
        raise SitesRefused("The file is no JSON that can be read.", WHAT_IS_READ) from error
    features = _features_of(whole)
    return FeatureFile(file_digest(path)[0], count_features(text), features)


def _bytes(path: Path) -> bytes:
    blocks, size = [], 0
    with opened(path) as file:
        while block := file.read(BLOCK):
            size += len(block)
            if size > MOST_BYTES:
                raise SitesRefused(
                    f"The file has more than {MOST_BYTES >> 20} MB.", "Split it, or send it as CSV."
                )
            blocks.append(block)
    text = b"".join(blocks).removeprefix(b"\xef\xbb\xbf")
    try:
        text.decode()
    except UnicodeDecodeError as error:
        raise SitesRefused("The file is not UTF-8 text.", "GeoJSON is: export it anew.") from error
    return text


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _features_of(whole: Any) -> list[Any]:
    kind = whole.get("type") if isinstance(whole, dict) else None
    if kind != "FeatureCollection":
        said = f"The file is JSON of the type {kind!r}" if kind else "The file is JSON"
        raise SitesRefused(f"{said}, not a FeatureCollection.", WHAT_IS_READ)
    features = whole.get("features")
    if not isinstance(features, list):
        raise SitesRefused("The FeatureCollection has no list of features.", WHAT_IS_READ)
    if not features:
        raise SitesRefused("The file holds no feature.", "Check that the export worked.")
    crs = json.dumps(whole.get("crs") or "CRS84")
    if not any(name in crs for name in LONGITUDE_FIRST):
        raise SitesRefused(
            "The positions are in another system than longitude and latitude (WGS 84).",
            "Export it with EPSG:4326.",
        )
    return features


def _said(feature: Any) -> tuple[Mapping[str, str] | LineReason, tuple[str, ...]]:
    is_one = isinstance(feature, dict) and feature.get("type") == "Feature"
    properties = feature.get("properties") if is_one else None
    if not isinstance(properties, dict):
        return LineReason.NO_FEATURE, ()
    said: dict[str, str] = {}
    unread = []
    for heading, value in {"id": feature.get("id"), **properties}.items():
        name = field_named(heading)
        if name is None or isinstance(value, dict | list):
            unread.append(heading)
        elif name not in said or not said[name]:
            said[name] = _text(value)
    position = _position(feature.get("geometry"))
    if isinstance(position, LineReason):
        return position, tuple(unread)
    # Its own geometry goes before what its properties say.
    return said | position, tuple(unread)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _position(geometry: Any) -> dict[str, str] | LineReason:
    """The position of a point; nothing where there is no geometry, and the postal code says it."""
    if geometry is None:
        return {}
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        return LineReason.NO_POINT
    pair = geometry.get("coordinates")
    if not isinstance(pair, list) or len(pair) < 2:
        return LineReason.NO_POINT
    if not all(isinstance(n, int | float) and not isinstance(n, bool) for n in pair[:2]):
        return LineReason.NO_NUMBERS
    return {"longitude": repr(pair[0]), "latitude": repr(pair[1])}
