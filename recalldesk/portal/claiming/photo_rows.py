"""What the page of photos shows: for each unit what to write, and each photo that is asked."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, gettext_lazy

from recalldesk.claims.completeness import is_only_welcome, photos_asked, photos_missing
from recalldesk.claims.reads import SeenUnit, facts_of_unit
from recalldesk.claims.states import UnitReading
from recalldesk.evidence.states import PhotoKind
from recalldesk.evidence.words import in_one
from recalldesk.foundation import clock
from recalldesk.portal.claiming.photo_words import KINDS, PhotoSaid, PhotosSaid, photos_said
from recalldesk.portal.claiming.visitor import Visitor
from recalldesk.portal.drawings.marking import is_dark, marking_picture
from recalldesk.portal.uploading.receiving import Unreceived
from recalldesk.recalls.document.product import Product, Variant
from recalldesk.recalls.document.remedy import Mark

HINTS = {
    PhotoKind.LABEL: gettext_lazy("From a hand’s width away, so that every character can be read."),
    PhotoKind.MARKING: gettext_lazy("The whole side with the writing, all of it in the picture."),
    PhotoKind.RECEIPT: gettext_lazy("Any proof that you bought it; an order mail will do."),
}
UNREADABLE = gettext_lazy("As well as it can be seen: even a worn label can help.")
WELCOME = gettext_lazy("Only if you have it at hand: you need none.")


@dataclass(frozen=True)
class PhotoRow:
    """One photo that is asked of a unit."""

    name: str
    kind: str
    title: Promise
    hint: Promise
    is_missing: bool
    is_optional: bool
    photos: tuple[PhotoSaid, ...]
    refused: tuple[Unreceived, ...]
    upload_url: str

    @property
    def is_done(self) -> bool:
        """Whether there is a photo, and nothing is wrong with any."""
        return bool(self.photos) and not self.is_flagged

    @property
    def is_flagged(self) -> bool:
        """Whether something is not right with it yet."""
        return bool(self.refused) or any(photo.is_failed for photo in self.photos)


@dataclass(frozen=True)
class UnitOfPhotos:
    """One unit: what to write on it, and its photos."""

    position: int
    serial: str
    is_gone: bool
    is_unreadable: bool
    cannot_photograph: bool
    marks: tuple[str, ...]
    drawing: SafeString | None
    is_dark: bool
    colour_is_known: bool
    rows: tuple[PhotoRow, ...]


def field_name(kind: PhotoKind, position: int) -> str:
    """The name of the field for a unit's photos of one kind."""
    return f"{kind.value}-{position}"


def field_of(name: str) -> tuple[PhotoKind, int] | None:
    """What a field is for, by its name; None where it is no such field."""
    kind, _, position = name.partition("-")
    is_number = position.isascii() and position.isdecimal() and len(position) < 4
    if kind not in PhotoKind.values or not is_number:
        return None
    return PhotoKind(kind), int(position)


def units_of_photos(
    visitor: Visitor, refused: Iterable[Unreceived] = (), *, show_missing: bool = False
) -> tuple[UnitOfPhotos, ...]:
    """The units in their order. `show_missing`: what still lacks is marked as a problem."""
    seen = visitor.seen
    lacking = set(photos_missing(seen.document.evidence, seen.facts)) if show_missing else set()
    refused = tuple(refused)
    return tuple(
        _unit(visitor, place, unit, refused, {kind for at, kind in lacking if at == place})
        for place, unit in enumerate(seen.units)
    )


def _unit(
    visitor: Visitor,
    place: int,
    unit: SeenUnit,
    refused: tuple[Unreceived, ...],
    lacking: set[PhotoKind],
) -> UnitOfPhotos:
    evidence = visitor.seen.document.evidence
    asked = photos_asked(evidence, visitor.seen.facts.units[place], is_first=place == 0)
    said = photos_said(visitor, unit, is_asked=True)
    rows = tuple(_row(said, unit, kind, refused, is_missing=kind in lacking) for kind in asked)
    product, variant = _look(visitor, unit)
    is_marked = PhotoKind.MARKING in asked and bool(evidence.marks)
    is_drawn = is_marked and place == 0 and not unit.cannot_photograph
    marks = marks_of(evidence.marks, evidence.word, unit.marking_code)
    return UnitOfPhotos(
        position=unit.position,
        serial=unit.serial,
        is_gone=unit.reading is UnitReading.GONE,
        is_unreadable=unit.reading is UnitReading.UNREADABLE,
        cannot_photograph=unit.cannot_photograph,
        marks=marks if is_marked else (),
        drawing=marking_picture(product, variant, marks, get_language() or "en")
        if is_drawn
        else None,
        is_dark=is_dark(variant.colour),
        colour_is_known=bool(unit.variant) or len(product.variants) == 1,
        rows=rows,
    )


def marks_of(asked: tuple[Mark, ...], word: str, code: str) -> tuple[str, ...]:
    """What is to be written, line by line, in capitals."""
    lines = {
        Mark.WORD: word,
        Mark.CODE: code,
        Mark.NAME: gettext("YOUR NAME"),
        Mark.DATE: clock.now().date().isoformat(),
    }
    return tuple(lines[mark] for mark in Mark if mark in asked)


def _look(visitor: Visitor, unit: SeenUnit) -> tuple[Product, Variant]:
    """The product as it is drawn: the owner's own look, as far as it is known."""
    document = visitor.seen.document
    branded = visitor.subject.brand.products
    first = next((p for p in document.products if p.key in branded), document.products[0])
    product = document.product_by_key.get(unit.product, first)
    chosen = next((v for v in product.variants if v.key == unit.variant), product.variants[0])
    return product, chosen


def _row(
    said: PhotosSaid,
    unit: SeenUnit,
    kind: PhotoKind,
    refused: tuple[Unreceived, ...],
    *,
    is_missing: bool,
) -> PhotoRow:
    visitor, name = said.visitor, field_name(kind, unit.position)
    evidence = visitor.seen.document.evidence
    is_optional = is_only_welcome(evidence, facts_of_unit(unit), kind)
    welcome = UNREADABLE if kind is PhotoKind.LABEL else WELCOME
    return PhotoRow(
        name=name,
        kind=kind.value,
        title=KINDS[kind],
        hint=welcome if is_optional else HINTS[kind],
        is_missing=is_missing,
        is_optional=is_optional,
        photos=said.of_kind(kind),
        refused=tuple(each for each in refused if each.field == name),
        upload_url=visitor.address("claim_upload", unit.position, kind.value),
    )


def problems_of(
    units: Iterable[UnitOfPhotos], refused: Iterable[Unreceived] = ()
) -> list[tuple[str, str, str]]:
    """What is not right yet: the field, its title, and the words."""
    found = [
        ("your-photos", "", in_one(each.words)) for each in refused if field_of(each.field) is None
    ]
    for unit in units:
        if unit.cannot_photograph:
            continue
        for row in unit.rows:
            words = [in_one(each.words) for each in row.refused]
            words += [f"{photo.says} {photo.does}" for photo in row.photos if photo.is_failed]
            if row.is_missing and not words:
                words = [gettext("This photo is missing.")]
            found += [(row.name, str(row.title), text) for text in words]
    return found
