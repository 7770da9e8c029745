"""Which filings, and what belongs to them, a legal hold keeps.

Guarantee: a filing is kept whole where a hold names any part of it, or the incident that was told
with it.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q

from recalldesk.claims.models import Claim, Contact, Filing, Message
from recalldesk.claims.references import reference_in
from recalldesk.claims.states import FilingState
from recalldesk.keeping.held import held_rows, holds_in_force, is_held
from recalldesk.keeping.kinds import OF_A_FILING, Kind
from recalldesk.keeping.models import LegalHold
from recalldesk.keeping.states import Reached, Thing
from recalldesk.keeping.things import Found, ids_reached, register_reach
from recalldesk.keeping.waiting import wished_since
from recalldesk.remedies.models import BatchLine, Remedy

Held = Mapping[Thing, Collection[Any]]


def is_kept(filing: Filing) -> bool:
    """Whether a hold keeps it; asked under its lock and `lock_erasing`."""
    held = drafts_kept() if filing.state == FilingState.DRAFT else filings_kept(OF_A_FILING)
    return is_held(Filing.objects.filter(pk=filing.pk), held)


def kept_since(filing: Filing) -> datetime | None:
    """When its owner asked to be erased, where a hold still keeps it from that."""
    asked_at = wished_since(filing.pk)
    return asked_at if asked_at and is_kept(filing) else None


def drafts_kept() -> Q:
    """The drafts that a hold keeps."""
    return filings_kept(OF_A_FILING | {Kind.DRAFTS})


def filings_kept(kinds: Collection[Kind]) -> Q:
    """The filings of which a hold keeps one of these kinds, or what else was told with them."""
    return _kept_by(list(holds_in_force()), kinds)


def _kept_by(holds: Collection[LegalHold], kinds: Collection[Kind]) -> Q:
    kept = _kept_as(kinds, holds)
    for kind, rows in _told_with:
        kept |= _kept_as([kind], holds) & rows
    return kept


def _kept_as(kinds: Collection[Kind], holds: Collection[LegalHold]) -> Q:
    return held_rows(kinds, recall="recall_id", country="country", of=Reached.FILING, among=holds)


def holds_on_filing(filing_id: int, recall_id: int) -> list[LegalHold]:
    """The holds in force that keep a filing that was sent, the first one first."""
    of_recall = holds_in_force().filter(Q(recall=None) | Q(recall_id=recall_id))
    of_others = Q(thing=Thing.FILING) & ~Q(thing_id=filing_id)
    holds = of_recall.exclude(of_others).select_related("recall", "placed_by")
    rows = Filing.objects.filter(pk=filing_id)
    return [hold for hold in holds if is_held(rows, _kept_by([hold], OF_A_FILING))]


_told_with: list[tuple[Kind, Q]] = []


def register_told_with(kind: Kind, rows: Q) -> None:
    """Says which filings hold, for a package above, what belongs to another kind."""
    _told_with.append((kind, rows))


def contacts_kept() -> Q:
    """The contacts that a hold keeps; a contact says no country."""
    return held_rows([Kind.CONTACTS, Kind.INCIDENTS], recall="recall_id", of=Reached.CONTACT)


def left_photos_kept() -> Q:
    """The sets of units that owners took out of drafts: as long as any hold names the recall or a
    claim of it, since nobody knows any more of which claim they were."""
    kinds = OF_A_FILING | {Kind.DRAFTS}
    held = held_rows(kinds, recall="recall_id")
    of_claims = holds_in_force(kinds).filter(thing=Thing.FILING)
    return held | Q(recall_id__in=list(of_claims.values_list("recall_id", flat=True)))


def filing_named(text: str) -> Found | None:
    """A filing by its reference, as anybody types it."""
    return _found(Filing.objects.filter(reference=reference_in(text)).first())


def erased_filing(reference: str) -> int | None:
    """The number of an erased filing; None where there is none of this reference."""
    rows = Filing.objects.filter(reference=reference.upper(), state=FilingState.ERASED)
    return rows.values_list("pk", flat=True).first()


def filing_at(number: int) -> Found | None:
    """A filing by its number."""
    return _found(Filing.objects.filter(pk=number).first())


def _found(filing: Filing | None) -> Found | None:
    if filing is None:
        return None
    name = filing.reference
    return Found(filing.pk, name, filing.recall_id, filing.country, identity=name)


def register_reaches() -> None:
    """Says what belongs to a filing that is held."""
    listed = Claim.objects.filter(remedy__in=BatchLine.objects.values("order__remedy_id"))
    register_told_with(Kind.REMEDY_FILES, Q(pk__in=listed.values("filing_id")))
    register_reach(Reached.EVIDENCE, _evidence)
    register_reach(Reached.REMEDY, _remedies)
    register_reach(Reached.CONTACT, _contacts)


def _filings(held: Held) -> set[Any]:
    return ids_reached(Reached.FILING, held)


def _evidence(held: Held) -> set[Any]:
    filings, found = _filings(held), set[Any]()
    for model in (Claim, Contact, Message):
        rows = model._base_manager.filter(filing__in=filings, evidence__isnull=False)
        found.update(rows.values_list("evidence_id", flat=True))
    return found


def _remedies(held: Held) -> Collection[Any]:
    """Also those before that came to nothing: they are of the same entitlement."""
    granted = Claim.objects.filter(filing__in=_filings(held), remedy__isnull=False)
    owed = Remedy.objects.filter(pk__in=granted.values("remedy_id")).values("entitlement_id")
    return list(Remedy.objects.filter(entitlement_id__in=owed).values_list("pk", flat=True))


def _contacts(held: Held) -> Collection[Any]:
    return list(Contact.objects.filter(filing__in=_filings(held)).values_list("pk", flat=True))
