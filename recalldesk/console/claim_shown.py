"""What the claim page's template shows, from what the reads give. Nothing here asks the database.

Guarantee: a picture's boxes are given in its own pixels, so that they fit it in any size.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import copysign
from typing import Any

from django.urls import reverse

from recalldesk.claims.desk.like_claims import LikeClaim
from recalldesk.claims.desk.page_values import (
    ClaimPage,
    Happening,
    OtherClaim,
    ReadBox,
    ShownDecision,
    ShownPhoto,
)
from recalldesk.claims.reasons import DecisionReason as R
from recalldesk.claims.states import DecisionKind, LeadState
from recalldesk.console.claim_words import (
    KINDS,
    MARKS,
    SHARES,
    happened,
    in_words,
    sentence_of,
    title_of,
)
from recalldesk.console.queue_words import (
    SPEAKS_AGAINST,
    STATES,
    reason_in_short,
    received_words,
)
from recalldesk.evidence.states import PhotoProblem, PhotoState, ReadingState

UNSEEN: dict[str, str] = {
    PhotoState.RECEIVED: "Waits to be looked after.",
    PhotoState.SCANNING: "Is being looked after.",
    PhotoState.SCANNER_ERROR: "Waits for the scanner.",
    PhotoState.INFECTED: "Something harmful was found in it.",
    PhotoState.UNUSABLE: "Gives no usable picture.",
}
WHOSE = {
    "claim": "",
    "other_claim": "another unit of this filing",
    "message": "sent with a message",
    "contact": "a scan",
}
NOT_SEEN = "Your role sees no photos."
ROOM = 0.006


@dataclass(frozen=True)
class DrawnBox:
    """A box over a picture, in its pixels. Nothing else lies over it: print might be under that."""

    kind: str
    points: str


@dataclass(frozen=True)
class DrawnPhoto:
    """A photo with its boxes. `url` is empty where there is no picture; `read`: the serials that
    were read in it, each with how sure; `says` is for whoever does not see it."""

    number: int
    photo_id: int
    kind: str
    url: str
    take_url: str
    width: int
    height: int
    received: str
    whose: str
    problem: str
    boxes: tuple[DrawnBox, ...]
    read: tuple[str, ...]
    marks: tuple[tuple[str, bool, int], ...]
    says: str


@dataclass(frozen=True)
class Why:
    """A reason. `sign` is drawn before it; `kind` is a class of the stylesheet, or empty."""

    title: str
    sentence: str
    sign: str
    kind: str
    leads_to: tuple["Beside", ...] = ()


@dataclass(frozen=True)
class Beside:
    """Another claim as it is named on the page."""

    name: str
    url: str
    state: str
    shares: str
    recall: str


@dataclass(frozen=True)
class Entry:
    """A row of the timeline."""

    at: datetime
    words: str
    by: str
    note: str


def name_of(reference: str, position: int) -> str:
    """How a claim is called: by its reference, and by its unit where it is not the first."""
    return f"{reference} unit {position}" if position > 1 else reference


def address_of(reference: str, position: int, name: str = "claim", **more: object) -> str:
    """An address of a claim."""
    return reverse(f"console:{name}", kwargs={"reference": reference, "position": position, **more})


def photos_of(page: ClaimPage, today: date) -> list[DrawnPhoto]:
    """The claim's own photos first, then whatever came later or belongs to other units."""
    ordered = sorted(page.photos, key=lambda photo: photo.of[0] != "claim")
    return [_photo(photo, number, page, today) for number, photo in enumerate(ordered, 1)]


def _photo(photo: ShownPhoto, number: int, page: ClaimPage, today: date) -> DrawnPhoto:
    reference, position = page.filing.reference, page.unit.position
    width, height = photo.width or 4, photo.height or 3
    is_clean = photo.state == PhotoState.CLEAN
    is_seen = is_clean and page.allowed.may_see_personal
    where = {"photo": photo.photo_id}
    texts = [box.text for box in photo.boxes if box.kind == "serial"][:1]
    texts += [box.text for box in photo.boxes if box.kind != "serial" and not texts][:4]
    kind = KINDS.get(photo.kind, photo.kind)
    read = f"read in it: {', '.join(texts)}" if texts else _unread(photo)
    return DrawnPhoto(
        number=number,
        photo_id=photo.photo_id,
        kind=kind,
        url=address_of(reference, position, "claim_photo", **where) if is_seen else "",
        take_url=address_of(reference, position, "claim_photo_taken", **where) if is_seen else "",
        width=width,
        height=height,
        received=received_words(photo.received_at, today),
        whose=WHOSE[photo.of[0]],
        problem=NOT_SEEN if is_clean and not is_seen else _problem(photo),
        boxes=tuple(_boxes(photo, width, height)),
        read=tuple(dict.fromkeys(_words(box) for box in photo.boxes if box.kind == "serial")),
        marks=tuple(
            (MARKS.get(each.mark, each.mark), each.is_verified, round(each.score * 100))
            for each in photo.marks
        ),
        says=f"Photo {number}, {kind}; {read}",
    )


def _unread(photo: ShownPhoto) -> str:
    if photo.reading == ReadingState.WAITING:
        return "it waits to be read"
    return "nothing was read in it"


def _problem(photo: ShownPhoto) -> str:
    if photo.problem in set(PhotoProblem):
        return f"{PhotoProblem(photo.problem).label}."
    return UNSEEN.get(photo.state, "")


def _boxes(photo: ShownPhoto, width: int, height: int) -> Iterator[DrawnBox]:
    drawn: set[str] = set()
    for box in photo.boxes:
        points = _around(box, width, height)
        if points not in drawn:
            drawn.add(points)
            yield DrawnBox(box.kind, points)


def _around(box: ReadBox, width: int, height: int) -> str:
    """The corners of a box, a little outside of what was read, so that it stays readable."""
    room = width * ROOM
    points = [(x * width, y * height) for x, y in box.box]
    across = sum(x for x, _ in points) / len(points)
    down = sum(y for _, y in points) / len(points)
    corners = [(x + copysign(room, x - across), y + copysign(room, y - down)) for x, y in points]
    return " ".join(f"{x:.0f},{y:.0f}" for x, y in corners)


def _words(box: ReadBox) -> str:
    sure = "" if box.confidence is None else f" {box.confidence:.0%}"
    return f"{box.text}{sure}"


def ruling_of(page: ClaimPage) -> ShownDecision | None:
    """What the rule said last."""
    return next((each for each in page.decisions if not each.by), None)


def reasons_of(page: ClaimPage) -> list[Why]:
    """Why a person looks: the tags of the claim, or what the rule found where it has none now."""
    ruling = ruling_of(page)
    kept = ruling.grounds if ruling else {}
    keys = page.place.tags or (
        ruling.reasons if ruling and ruling.kind != DecisionKind.APPROVE else ()
    )
    order = {key.value: number for number, key in enumerate(R)}
    return [
        _why(key, kept.get(key) or {}, page)
        for key in sorted(keys, key=lambda key: order.get(key, len(order)))
    ]


def _why(key: str, grounds: Mapping[str, Any], page: ClaimPage) -> Why:
    doubts = key in SPEAKS_AGAINST
    kind = "affected" if key == R.DANGER else "late" if doubts else ""
    return Why(
        title=title_of(key),
        sentence=_serial_differs(page)
        if key == R.LABEL_DIFFERS or (key == R.LABEL_UNREAD and _is_read_otherwise(page))
        else sentence_of(key, grounds),
        sign="⚠" if key == R.DANGER else "≠" if doubts else "?",
        kind=kind,
        leads_to=tuple(_leads(key, grounds, page)),
    )


def _is_read_otherwise(page: ClaimPage) -> bool:
    """Whether a label was read as another serial, though not surely enough to speak against it."""
    return page.beside is not None and not page.beside.is_same


def _serial_differs(page: ClaimPage) -> str:
    if not page.allowed.may_see_personal:
        return ""
    if page.beside is None:
        return "Compare the characters above."
    places = [
        f"place {number}: {each.claimed or 'nothing'} claimed, {each.read or 'nothing'} read"
        + ("" if each.confidence is None else f" at {each.confidence:.0%}")
        for number, each in enumerate(page.beside.characters, 1)
        if each.differs
    ]
    shown = in_words(places[:3]) + (f" and {len(places) - 3} more" if len(places) > 3 else "")
    return shown[:1].upper() + shown[1:] + "." if shown else "Another photo reads otherwise."


def _leads(key: str, grounds: Mapping[str, Any], page: ClaimPage) -> Iterator[Beside]:
    numbers = {lead["other_claim"] for lead in grounds.get("leads", ())}
    numbers |= set(grounds.get("claims", ()))
    if key in (R.CONTESTED, R.REMEDY_GIVEN):
        numbers = {other.claim_id for other in page.others if "unit" in other.shares}
    if key in (R.PERSON_LIMIT,):
        numbers = {other.claim_id for other in page.others if {"email", "phone"} & {*other.shares}}
    for other in page.others:
        if other.claim_id in numbers:
            yield beside(other)


def speaks_for(page: ClaimPage) -> list[str]:
    """What was looked at and found as it should be."""
    found = []
    unit = page.unit
    if unit.found == "affected":
        found.append("The serial is one of the recall")
    if page.beside is not None and page.beside.is_same:
        found.append(f"The label reads as claimed, {page.beside.confidence:.0%} sure")
    seen = {each.mark for photo in page.photos for each in photo.marks if each.is_verified}
    if seen:
        names = in_words([words for mark, words in MARKS.items() if mark in seen])
        found.append(f"Seen on the unit, as asked: {names}")
    if unit.holds_unit:
        found.append("No other claim holds this unit")
    if not unit.is_corrected and R.REMEDY_GIVEN not in page.place.tags:
        found.append("The unit has no remedy yet")
    if not page.allowed.lacks:
        found.append("Where the remedy goes is known")
    return found


def beside(other: OtherClaim) -> Beside:
    """Another claim, to be listed."""
    return Beside(
        name=name_of(other.reference, other.position),
        url=address_of(other.reference, other.position),
        state=STATES.get(other.state, other.state.value),
        shares=in_words([SHARES.get(share, share) for share in other.shares]),
        recall=other.recall,
    )


@dataclass(frozen=True)
class LateLeadRow:
    """A later claim that led to this one too late. `found`: by whom what was found, or empty."""

    lead_id: int
    name: str
    url: str
    at: datetime
    why: str
    found: str


def late_leads_of(page: ClaimPage) -> list[LateLeadRow]:
    """The later claims, the newest first."""
    return [
        LateLeadRow(
            lead_id=each.lead_id,
            name=name_of(each.reference, each.position),
            url=address_of(each.reference, each.position),
            at=each.at,
            why=in_words([reason_in_short(reason) for reason in each.reasons]),
            found="" if each.state is LeadState.OPEN else f"{each.state.label}, {each.found_by}",
        )
        for each in reversed(page.late_leads)
    ]


def finds_of(page: ClaimPage) -> list[tuple[str, str]]:
    """What whoever looks may say of them: the value of the button and its words."""
    states = {each.state for each in page.late_leads}
    if not page.allowed.may_decide or not (LeadState.OPEN in states or page.allowed.may_second):
        return []
    return [
        (each.value, str(each.label))
        for each in (LeadState.HONEST, LeadState.FRAUD)
        if states - {each}
    ]


@dataclass(frozen=True)
class LikeRow:
    """Two photos that look alike, beside each other. `distance`: of 256 bits."""

    distance: int
    own_url: str
    its_url: str
    other: Beside


def like_row(found: LikeClaim, reference: str, position: int) -> LikeRow:
    """A like photo, to be shown."""
    its = {"photo": found.other_photo_id}
    return LikeRow(
        distance=found.distance,
        own_url=address_of(reference, position, "claim_photo", photo=found.photo_id),
        its_url=address_of(found.reference, found.position, "claim_photo", **its),
        other=Beside(
            name=name_of(found.reference, found.position),
            url=address_of(found.reference, found.position),
            state=STATES.get(found.state, found.state.value),
            shares=in_words([SHARES.get(share, share) for share in found.shares]),
            recall=found.recall,
        ),
    )


def entries_of(page: ClaimPage) -> list[Entry]:
    """The timeline, the newest first."""
    return [entry for row in reversed(page.timeline) if (entry := _entry(row)).words]


def _entry(row: Happening) -> Entry:
    return Entry(row.at, happened(row), row.by, row.note or "")
