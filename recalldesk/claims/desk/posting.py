"""Letters on paper, for owners whom no mail and no text message reaches, or whose mail came back;
and calls, for those of them of whom no postal address is known.

Guarantees: that a claim came in, what was decided and told, what the desk wrote, and what became of
the remedy (but that it is ordered) stands in one of both lists until somebody says that the letter
was printed, or the owner called; the letter says what the page of the claim would, in the owner's
language, and what the owner is asked for.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext, override

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.addresses import address_lines
from recalldesk.claims.brands import brand_of
from recalldesk.claims.errors import NotPossibleNow
from recalldesk.claims.locking import filed
from recalldesk.claims.models import Claim, Decision, Filing, Message
from recalldesk.claims.reads import SeenFiling, seen_by_owner
from recalldesk.claims.stages_in_words import asked_words, promise_words, stage_words
from recalldesk.claims.states import ClaimState, Direction, FilingState
from recalldesk.claims.untold import TOLD
from recalldesk.mailing.texts import are_texts_sent
from recalldesk.recalls import wording
from recalldesk.sealing.fields_of_rows import opened

PRINTED, CALLED = "letter_printed", "told_by_phone"
TELLS = (PRINTED, CALLED)
"""With these an owner was told how the claim stands."""
OF_REMEDIES = (
    ClaimState.APPROVED,
    ClaimState.NEEDS_OWNER,
    ClaimState.REMEDY_SENT,
    ClaimState.SETTLED,
)
"""Where no person brings a claim, and its owner is written to."""
CHANGED_AT_DESK = Q(reason=Reason.DETAILS_MENDED, actor=Actor.STAFF)
WHY_OPENED = "To print a letter to them"
"""Who prints a letter is not asked why they see its address: the act says it."""
MOST_LISTED = 200


@dataclass(frozen=True)
class ToPrint:
    """A letter or call that waits. `upto`: what it tells of, to be handed back when it was printed
    or the owner called."""

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


def letters_to_print(*, by: Staff, most: int = MOST_LISTED) -> tuple[ToPrint, ...]:
    """The letters that wait, the oldest news first, by one query. Raises NotPermitted."""
    require(by, Permission.ANSWER_OWNERS)
    return _waiting(_unreached().exclude(sealed_address=b""), most)


def calls_to_make(*, by: Staff, most: int = MOST_LISTED) -> tuple[ToPrint, ...]:
    """The same for whom no postal address is known: somebody calls. Raises NotPermitted."""
    require(by, Permission.ANSWER_OWNERS)
    return _waiting(_unreached().filter(sealed_address=b""), most)


def _waiting(unreached: QuerySet[Filing], most: int) -> tuple[ToPrint, ...]:
    rows = unreached.annotate(upto=_newest_news(), printed=_newest_print())
    waiting = rows.filter(upto__gt=F("printed")).order_by("upto")
    return tuple(
        ToPrint(pk, reference, slug, language, upto)
        for pk, reference, slug, language, upto in waiting.values_list(
            "pk", "reference", "recall__slug", "language", "upto"
        )[:most]
    )


@transaction.atomic
def paper_letter(*, filing_id: int, by: Staff) -> PaperLetter:
    """The letter of a claim, as it stands now; the log says who opened the address, and why.

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
        note=WHY_OPENED,
    )
    seen, brand = seen_by_owner(filing), brand_of(filing)
    with override(filing.language):
        return PaperLetter(
            reference=filing.reference,
            language=filing.language,
            address=_address(seen),
            subject=gettext("Your claim %(reference)s") % {"reference": filing.reference},
            paragraphs=(
                *_how_it_stands(seen),
                *_changed_since(filing),
                *_written_since(filing),
                _call(brand.phone_shown),
            ),
            signed=gettext("%(brand)s recall desk, %(phone)s")
            % {"brand": brand.name, "phone": brand.phone_shown},
        )


@transaction.atomic
def note_printed(*, filing_id: int, upto: int, by: Staff) -> None:
    """Says that a letter was printed; again changes nothing.

    Raises NotPermitted, and NotPossibleNow where there is more to tell by now: print it anew.
    """
    _note_told(filing_id, upto, by, PRINTED)


@transaction.atomic
def note_called(*, filing_id: int, upto: int, by: Staff) -> None:
    """Says that an owner was called and told. As `note_printed`."""
    _note_told(filing_id, upto, by, CALLED)


def _note_told(filing_id: int, upto: int, by: Staff, how: str) -> None:
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
        to_state=how,
        actor_id=by.pk,
        recall_id=filing.recall_id,
    )


def _unreached() -> QuerySet[Filing]:
    nowhere = Q(email_digest=b"")
    if are_texts_sent():
        nowhere &= Q(phone_digest=b"")
    came_back = Q(unreached_since__isnull=False)
    rows = Filing.objects.filter(nowhere | came_back, state=FilingState.FILED)
    return rows.select_related("recall")


def _newest_news() -> Greatest:
    """The row of the log that holds the newest thing the owner of a filing is to be told."""
    this = OuterRef(OuterRef("pk"))
    decisions = Decision.objects.filter(claim__filing=this).values("pk")
    messages = Message.objects.filter(filing=this, direction=Direction.FROM_DESK).values("pk")
    claims = Claim.objects.filter(filing=this).values("pk")
    kinds = (
        Q(
            subject=Subject.FILING,
            subject_id=OuterRef("pk"),
            to_state=FilingState.FILED,
            from_state=FilingState.DRAFT,
        ),
        Q(subject=Subject.DECISION, subject_id__in=decisions, to_state=TOLD),
        Q(subject=Subject.MESSAGE, subject_id__in=messages),
        Q(subject=Subject.CLAIM, subject_id__in=claims, to_state__in=OF_REMEDIES)
        & Q(actor=Actor.MACHINE)
        & ~Q(from_state=F("to_state")),
        Q(subject=Subject.FILING, subject_id=OuterRef("pk")) & CHANGED_AT_DESK,
    )
    # Each by its own look into the index of the log: joined by OR they would read all of it.
    return Greatest(*(_newest(kind) for kind in kinds))


def _newest_print() -> Coalesce:
    return _newest(Q(subject=Subject.FILING, subject_id=OuterRef("pk"), to_state__in=TELLS))


def _newest(rows: Q) -> Coalesce:
    """The newest row of the log among these, or 0."""
    found = StateChange.objects.filter(rows).order_by("-pk").values("pk")[:1]
    return Coalesce(Subquery(found), 0)


def _newest_of(filing: Filing) -> int:
    return _number_of(filing, _newest_news())


def _printed_at(filing: Filing) -> int:
    return _number_of(filing, _newest_print())


def _number_of(filing: Filing, found: Coalesce | Greatest) -> int:
    rows = Filing.objects.filter(pk=filing.pk).annotate(found=found)
    return int(rows.values_list("found", flat=True).get())


def _address(seen: SeenFiling) -> tuple[str, ...]:
    """As its country writes it; the country last, as it is called in the owner's language."""
    filing = seen.filing
    locale = wording.locale_of(filing.language, filing.country)
    country = wording.country_name(filing.country, locale).upper() if filing.country else ""
    lines = (*address_lines(seen.address, seen.name), country)
    return tuple(line for line in lines if line)


def _how_it_stands(seen: SeenFiling) -> tuple[str, ...]:
    """Of each unit, as far as its owner was told."""
    filing, said = seen.filing, []
    asked = _asked_for(seen)
    for unit in seen.units:
        words = asked.get(unit.claim_id) or stage_words(unit.state)
        words = words or gettext("We have your claim. Its reference is %(reference)s.") % {
            "reference": filing.reference
        }
        if unit.promised_on is not None:
            day = wording.day(unit.promised_on, wording.locale_of(filing.language, filing.country))
            words = " ".join((words, promise_words(unit.state, day)))
        said.append(words)
    return tuple(dict.fromkeys(said))


def _asked_for(seen: SeenFiling) -> dict[int, str]:
    """What the owner is asked for, of each claim that waits for that, by why it does."""
    waiting = [unit.claim_id for unit in seen.units if unit.state is ClaimState.NEEDS_OWNER]
    moves = StateChange.objects.filter(
        subject=Subject.CLAIM, subject_id__in=waiting, to_state=ClaimState.NEEDS_OWNER
    ).exclude(from_state=ClaimState.NEEDS_OWNER)
    newest = dict(moves.order_by("pk").values_list("subject_id", "reason"))
    return {claim_id: asked_words(reason) for claim_id, reason in newest.items()}


def _changed_since(filing: Filing) -> tuple[str, ...]:
    """That the desk changed where the remedy goes since the last letter, so that whoever did not
    tell it learns of it."""
    rows = StateChange.objects.filter(
        CHANGED_AT_DESK, subject=Subject.FILING, subject_id=filing.pk, pk__gt=_printed_at(filing)
    )
    return (gettext("Where your remedy goes was changed."),) if rows.exists() else ()


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
