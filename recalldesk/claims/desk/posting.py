"""Letters on paper, for owners whom no mail and no text message reaches.

Guarantees: whatever such an owner is to be told stands in the list until somebody says that its
letter was printed; the letter says what the page of the claim would, in the owner's language.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext, override

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.errors import NotPossibleNow
from recalldesk.claims.letters import brand_of, stage_words
from recalldesk.claims.locking import filed
from recalldesk.claims.models import Decision, Filing
from recalldesk.claims.reads import SeenFiling, seen_by_owner
from recalldesk.claims.states import Direction, FilingState
from recalldesk.claims.untold import TOLD
from recalldesk.mailing.texts import are_texts_sent
from recalldesk.recalls import wording
from recalldesk.sealing.fields_of_rows import opened

PRINTED = "letter_printed"


@dataclass(frozen=True)
class ToPrint:
    """A letter that waits. `upto`: what it tells of, to be handed back when it was printed."""

    filing_id: int
    reference: str
    recall: str
    language: str
    upto: int


@dataclass(frozen=True, repr=False)
class PaperLetter:
    """A letter, ready for paper. `address`: the lines of the envelope."""

    reference: str
    language: str
    address: tuple[str, ...]
    subject: str
    paragraphs: tuple[str, ...]
    signed: str


def letters_to_print(*, by: Staff) -> tuple[ToPrint, ...]:
    """The letters that wait, the oldest news first. Raises NotPermitted."""
    require(by, Permission.ANSWER_OWNERS)
    waiting = [
        ToPrint(row.pk, row.reference, row.recall.slug, row.language, upto)
        for row in _reached_by_post()
        if (upto := _newest_of(row)) > _printed_at(row)
    ]
    return tuple(sorted(waiting, key=lambda row: row.upto))


@transaction.atomic
def paper_letter(*, filing_id: int, by: Staff) -> PaperLetter:
    """The letter of a claim, as it stands now; the log says who opened the address.

    Raises NotPermitted, NotPossibleNow, SealingError.
    """
    require(by, Permission.SEE_PERSONAL)
    filing = filed(filing_id)
    record_change(
        subject=Subject.FILING,
        subject_id=filing.pk,
        from_state=filing.state,
        to_state=filing.state,
        reason=Reason.PERSONAL_SHOWN,
        actor_id=by.pk,
        recall_id=filing.recall_id,
    )
    seen, brand = seen_by_owner(filing), brand_of(filing)
    with override(filing.language):
        return PaperLetter(
            reference=filing.reference,
            language=filing.language,
            address=_address(seen),
            subject=gettext("Your claim %(reference)s") % {"reference": filing.reference},
            paragraphs=(*_how_it_stands(seen), *_written_since(filing), _call(brand.phone_shown)),
            signed=gettext("%(brand)s recall desk, %(phone)s")
            % {"brand": brand.name, "phone": brand.phone_shown},
        )


@transaction.atomic
def note_printed(*, filing_id: int, upto: int, by: Staff) -> None:
    """Says that a letter was printed; again changes nothing.

    Raises NotPermitted, and NotPossibleNow where there is more to tell by now: print it anew.
    """
    require(by, Permission.ANSWER_OWNERS)
    filing = filed(filing_id)
    if _printed_at(filing) > upto:
        return
    if _newest_of(filing) != upto:
        raise NotPossibleNow
    record_change(
        subject=Subject.FILING,
        subject_id=filing.pk,
        from_state=filing.state,
        to_state=PRINTED,
        actor_id=by.pk,
        recall_id=filing.recall_id,
    )


def _reached_by_post() -> QuerySet[Filing]:
    rows = Filing.objects.filter(state=FilingState.FILED, email_digest=b"")
    with_address = rows.exclude(sealed_address=b"").select_related("recall")
    return with_address.filter(phone_digest=b"") if are_texts_sent() else with_address


def _newest_of(filing: Filing) -> int:
    """The row of the log that holds the newest thing its owner is to be told."""
    decisions = Decision.objects.filter(claim__filing=filing).values("pk")
    messages = filing.messages.filter(direction=Direction.FROM_DESK).values("pk")
    told = (
        Q(
            subject=Subject.FILING,
            subject_id=filing.pk,
            to_state=FilingState.FILED,
            from_state="draft",
        )
        | Q(subject=Subject.DECISION, subject_id__in=decisions, to_state=TOLD)
        | Q(subject=Subject.MESSAGE, subject_id__in=messages)
    )
    return _newest_pk(StateChange.objects.filter(told))


def _printed_at(filing: Filing) -> int:
    return _newest_pk(
        StateChange.objects.filter(subject=Subject.FILING, subject_id=filing.pk, to_state=PRINTED)
    )


def _newest_pk(rows: QuerySet[StateChange]) -> int:
    return rows.aggregate(newest=Max("pk"))["newest"] or 0


def _address(seen: SeenFiling) -> tuple[str, ...]:
    address = seen.address
    town = " ".join(
        address[key] for key in ("city", "country_area", "postal_code") if address.get(key)
    )
    lines = (seen.name, *address.get("street_address", "").splitlines(), town, seen.filing.country)
    return tuple(line for line in lines if line)


def _how_it_stands(seen: SeenFiling) -> tuple[str, ...]:
    """Of each unit, as far as its owner was told."""
    filing, said = seen.filing, []
    for unit in seen.units:
        words = stage_words(unit.state) or gettext(
            "We have your claim. Its reference is %(reference)s."
        ) % {"reference": filing.reference}
        if unit.promised_on is not None:
            day = wording.day(unit.promised_on, wording.locale_of(filing.language, filing.country))
            words = " ".join((words, gettext("You hear from us by %(day)s.") % {"day": day}))
        said.append(words)
    return tuple(dict.fromkeys(said))


def _written_since(filing: Filing) -> tuple[str, ...]:
    """What the desk wrote since the last letter was printed."""
    printed = _printed_at(filing)
    mine = filing.messages.filter(direction=Direction.FROM_DESK)
    rows = StateChange.objects.filter(
        pk__gt=printed, subject=Subject.MESSAGE, subject_id__in=mine.values("pk")
    )
    written = mine.filter(pk__in=rows.values("subject_id")).order_by("at", "pk")
    return tuple(opened(message, "sealed_text") for message in written)


def _call(phone: str) -> str:
    return gettext("You have a question, or do not agree? Call us: %(phone)s.") % {"phone": phone}
