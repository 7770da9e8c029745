"""Somebody sends a list of many units.

Guarantees: of a list nothing is told before the link is opened that is mailed to whoever sent it;
the same list of the same owner, sent twice or by two browsers at once, is one filing; which it is,
nobody is told here.
"""

from dataclasses import dataclass

from django.db import transaction

from recalldesk.accounts.models import Staff
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.access import mail_new_link
from recalldesk.claims.contacts import LONGEST_NAME, email_for_lookup, normal_email
from recalldesk.claims.drafting import give_contact, open_filing
from recalldesk.claims.errors import FieldProblem, FieldsRefused
from recalldesk.claims.models import Filing, UnitList
from recalldesk.claims.states import Channel, ClaimState
from recalldesk.claims.unit_lists.keeping import sealed_lines
from recalldesk.claims.unit_lists.reading import ListRead
from recalldesk.recalls.reads import LiveRecall
from recalldesk.sealing.fields_of_rows import digest

LISTED = "listed"
"""What the log says of a list that came in."""


@dataclass(frozen=True, repr=False)
class Sender:
    """Who sends a list. `organisation` may be left out."""

    name: str
    email: str
    phone: str = ""
    organisation: str = ""
    country: str = ""

    @property
    def called(self) -> str:
        """The name under which everything goes."""
        parts = (self.name.strip(), self.organisation.strip())
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class EnteredBy:
    """Who entered a list for its owner, and by what way it came."""

    channel: Channel
    by: Staff


def send_list(
    *,
    live: LiveRecall,
    brand: str,
    language: str,
    sender: Sender,
    read: ListRead,
    product: str = "",
    entered: EnteredBy | None = None,
) -> Filing:
    """The filing of a list, new or as it was made when the same was sent before; a link goes to its
    owner, who alone may see what becomes of it. `entered`: for its owner, by staff.

    Raises FieldsRefused.
    """
    _refuse_unfit(sender)
    sent = _sent_digest(live, sender, read)
    with transaction.atomic():
        filing = _known(sent) or _made(live, brand, language, sender, read, sent, product, entered)
    mail_new_link(filing=filing)  # it keeps itself back where one went a moment ago
    return filing


def _refuse_unfit(sender: Sender) -> None:
    problems: dict[str, FieldProblem] = {}
    if not sender.name.strip():
        problems["name"] = FieldProblem.MISSING
    elif len(sender.called) > LONGEST_NAME:
        problems["organisation"] = FieldProblem.TOO_LONG
    if not sender.email.strip():
        problems["email"] = FieldProblem.MISSING
    else:
        try:
            normal_email(sender.email)
        except FieldsRefused as refused:
            problems.update(refused.fields)
    if problems:
        raise FieldsRefused(problems)


def _sent_digest(live: LiveRecall, sender: Sender, read: ListRead) -> bytes:
    email = email_for_lookup(normal_email(sender.email))
    said = [str(live.recall_id), email, *(f"{line.number} {line.text}" for line in read.lines)]
    return digest(UnitList, "sent_digest", "\n".join(said))


def _known(sent: bytes) -> Filing | None:
    """The filing of the same list. One that was withdrawn as a whole stands in nobody's way."""
    row = UnitList.objects.select_related("filing").filter(sent_digest=sent).first()
    if row is None:
        return None
    claims = row.filing.claims
    if claims.exists() and not claims.exclude(state=ClaimState.WITHDRAWN).exists():
        row.sent_digest = b""
        row.save(update_fields=["sent_digest"])
        return None
    return row.filing


def _made(
    live: LiveRecall,
    brand: str,
    language: str,
    sender: Sender,
    read: ListRead,
    sent: bytes,
    product: str,
    entered: EnteredBy | None,
) -> Filing:
    filing, _ = open_filing(live=live, brand=brand, language=language, country=sender.country)
    # Whoever typed an address may not be who reads its mail: no browser sees it but by the link.
    filing.passes.all().delete()
    filing.is_list = True
    if entered is not None:
        filing.channel, filing.entered_by = entered.channel, entered.by
    filing.save(update_fields=["is_list", "channel", "entered_by"])
    row, is_new = UnitList.objects.get_or_create(
        sent_digest=sent,
        defaults={
            "filing": filing,
            "recall": filing.recall,
            "sealed_lines": sealed_lines(filing.recall_id, read.lines, read.count),
            "product": product,
        },
    )
    if not is_new:  # another browser was here at this moment
        filing.delete()
        return row.filing
    record_change(
        subject=Subject.UNIT_LIST,
        subject_id=row.pk,
        to_state=LISTED,
        reason=Reason.ENTERED if entered else "",
        actor=Actor.STAFF if entered else Actor.OWNER,
        actor_id=entered.by.pk if entered else None,
        recall_id=filing.recall_id,
    )
    return give_contact(
        filing_id=filing.pk,
        name=sender.called,
        email=sender.email,
        phone=sender.phone,
        country=sender.country,
    )
