"""Made-up managers, holds and terms."""

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.keeping.holding import HoldAsked, lift_hold, place_hold
from recalldesk.keeping.kinds import Kind
from recalldesk.keeping.models import KeepingTerm, LegalHold
from recalldesk.keeping.setting import set_term
from recalldesk.keeping.states import Thing
from recalldesk.keeping.things import thing_at
from recalldesk.recalls.models import Recall
from tests.claims.desk.people import staff
from tests.claims.owner import the_recall

REASON = "A made-up court asks for it."


def mona() -> Staff:
    """A recall manager."""
    return staff("mona", Role.RECALL_MANAGER)


def mario() -> Staff:
    """Another recall manager."""
    return staff("mario", Role.RECALL_MANAGER)


def recall() -> Recall:
    """The published recall."""
    return Recall.objects.get(pk=the_recall().recall_id)


def held(thing: Thing, number: int, kind: Kind | None = None) -> LegalHold:
    """A hold on one thing."""
    found = thing_at(thing, number)
    assert found
    asked = HoldAsked(thing=thing, found=found, kind=kind)
    return place_hold(asked=asked, reason=REASON, by=mona())


def all_held(
    *, country: str = "", kind: Kind | None = None, of_every_recall: bool = False
) -> LegalHold:
    """A hold on all of the recall."""
    of = None if of_every_recall else recall()
    asked = HoldAsked(recall=of, country=country, kind=kind)
    return place_hold(asked=asked, reason=REASON, by=mona())


def lifted(hold: LegalHold) -> None:
    """The hold is lifted."""
    lift_hold(number=hold.pk, reason="It is over, made up.", by=mona())


def term(
    kind: Kind, days: int | None, *, country: str = "", of_every_recall: bool = True
) -> KeepingTerm:
    """A term is set."""
    return set_term(
        kind=kind,
        days=days,
        reason="Made up.",
        by=mona(),
        recall=None if of_every_recall else recall(),
        country=country,
    )
