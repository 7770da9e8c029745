"""Facts of a claim of which nothing is wrong, and what a row of the table changes of them."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from recalldesk.claims.decision_facts import (
    ClaimFacts,
    Counted,
    Neighbours,
    PhotoLead,
    PhotosSay,
    Sharing,
    Terms,
    Worth,
    terms_of,
)
from recalldesk.claims.photo_facts import LabelReads
from recalldesk.claims.states import UnitReading
from recalldesk.evidence.states import PhotoKind
from recalldesk.recalls.document.remedy import Mark
from recalldesk.recalls.document.review import Review

MARKS = frozenset({Mark.WORD, Mark.CODE})
TERMS = terms_of(Review())
GOOD = ClaimFacts(
    reading=UnitReading.SERIAL,
    found="affected",
    holds_unit=True,
    has_remedy=False,
    reported=(),
    is_dangerous=False,
    was_with_person=False,
    has_unread_words=False,
    is_unreached=False,
    cannot_photograph=False,
    missing=(),
    may_ask=True,
    led_from=(),
    worth=Worth(Decimal(40), "USD"),
    photos=PhotosSay(
        are_settled=True,
        label=LabelReads.AS_CLAIMED,
        asked_marks=MARKS,
        verified_marks=MARKS,
        is_marking_read=True,
        are_markings_read=True,
    ),
    neighbours=Neighbours(leads=(), counts=dict.fromkeys(Counted, 1), fraud=(), paid_unnamed=()),
)
PHOTO_FIELDS = {
    "settled": "are_settled",
    "label": "label",
    "other_labels": "other_labels",
    "asked": "asked_marks",
    "verified": "verified_marks",
    "marking_read": "is_marking_read",
    "markings_read": "are_markings_read",
    "useless": "useless",
}


def as_told(text: str) -> tuple[ClaimFacts, Terms]:
    """Good facts but for what the text says, as `holds_unit=false lead=31`."""
    given: dict[str, str] = {}
    for word in text.split():
        name, separator, value = word.partition("=")
        if separator:
            given[name] = value
        else:
            given["worth"] += f" {word}"
    return _facts(given), _terms(given)


def _terms(given: dict[str, str]) -> Terms:
    terms = TERMS
    if "by_rule" in given:
        terms = replace(terms, by_rule=given["by_rule"] == "true")
    if "over" in given:
        terms = replace(terms, second_person_over=Worth(Decimal(given["over"]), "USD"))
    for name in ("copy_within", "like_within"):
        if name in given:
            terms = replace(terms, **{name: int(given[name])})
    return terms


def _facts(given: dict[str, str]) -> ClaimFacts:
    own: dict[str, Any] = {}
    photos: dict[str, Any] = {}
    for name, value in given.items():
        if name in PHOTO_FIELDS:
            photos[PHOTO_FIELDS[name]] = _value(name, value)
        elif name in ClaimFacts.__dataclass_fields__ and name != "neighbours":
            own[name] = _value(name, value)
    return replace(
        GOOD, **own, photos=replace(GOOD.photos, **photos), neighbours=_neighbours(given)
    )


def _neighbours(given: Mapping[str, str]) -> Neighbours | None:
    if given.get("neighbours") == "unknown":
        return None
    counts = dict.fromkeys(Counted, 1)
    for counted in Counted:
        if given.get(counted) == "unknown":
            del counts[counted]
        elif counted in given:
            counts[counted] = int(given[counted])
    leads = (_lead(given),) if "lead" in given else ()
    return Neighbours(
        leads,
        counts,
        is_cut="cut" in given,
        fraud=_claims(given.get("fraud", "")),
        paid_unnamed=_claims(given.get("paid_unnamed", "")),
    )


def _claims(said: str) -> tuple[int, ...] | None:
    return None if said == "unknown" else tuple(map(int, said))


def _lead(given: Mapping[str, str]) -> PhotoLead:
    is_file = given["lead"] == "file"
    shared = {Sharing(given["lead_shared"])} if "lead_shared" in given else set()
    is_same_unit = given.get("lead_unit") == "same"
    return PhotoLead(
        photo_id=1,
        other_photo_id=2,
        other_claim_id=3,
        distance=0 if is_file else int(given["lead"]),
        is_same_file=is_file,
        is_same_unit=is_same_unit,
        shared=frozenset(shared | ({Sharing.UNIT} if is_same_unit else set())),
    )


def _value(name: str, value: str) -> Any:
    if name in ("asked", "verified"):
        if value == "unknown":
            return None
        return frozenset(Mark(each) for each in value.split("+") if each != "none")
    if name == "useless":
        return frozenset({PhotoKind(value)})
    if name == "label":
        return None if value == "none" else LabelReads(value)
    if name == "reading":
        return None if value == "unknown" else UnitReading(value)
    if name == "found":
        return "" if value == "none" else value
    if name == "missing":
        return None if value == "unknown" else (value,)
    if name == "worth":
        amount, _, currency = value.partition(" ")
        return None if value == "unknown" else Worth(Decimal(amount), currency or "USD")
    if name in ("led_from", "reported"):
        return None if value == "unknown" else (int(value),)
    if name == "other_labels":
        return int(value)
    return {"true": True, "false": False, "unknown": None}[value]
