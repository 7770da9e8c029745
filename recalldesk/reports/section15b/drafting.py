"""Fills the draft of a Full Report from a recall's version and its incidents.

Guarantees: nothing that is not known is written as if it were; what people told, and who was hurt,
is in it only for whoever may see health data and says what for, and the log has each incident of
which it was shown before anything is.
"""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.foundation import clock
from recalldesk.foundation.problem import Problem
from recalldesk.incidents.models import Incident
from recalldesk.incidents.story import hurt_of
from recalldesk.incidents.tally.beside import told_beside
from recalldesk.incidents.tally.counting import Tally
from recalldesk.incidents.tally.reads import tally_of
from recalldesk.recalls.document import Document
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.recalls.reads import document_of, live_version, newest_version
from recalldesk.recalls.states import VersionState
from recalldesk.reports.section15b import of_incidents, of_plan
from recalldesk.reports.section15b.of_product import OfProduct
from recalldesk.reports.section15b.parts import Account, Draft, Item, Known, ReportRow
from recalldesk.sealing.fields_of_rows import opened

SEALED = ("sealed_serial", "sealed_contact", "sealed_account")


class NoDraft(Problem):
    """There is nothing to fill a draft from, or no reason to show health data."""


def draft_of(recall: Recall, *, by: Staff) -> Draft:
    """The draft without what people told. Raises NotPermitted, NoDraft."""
    return _draft(recall, by, tally_of(recall, by=by), ())


def draft_with_accounts(recall: Recall, *, by: Staff, reason: str) -> Draft:
    """The draft with what people told, and who was hurt. `reason` stands sealed in the log.

    Raises NotPermitted, NoDraft, SealingError.
    """
    require(by, Permission.SEE_HEALTH)
    if not reason.strip():
        raise NoDraft("Say what the draft is for.", "It stands sealed in the log.")
    tally = tally_of(recall, by=by)
    counted = [told.number for told in tally.told]
    # What was told of the same event by others is part of what the firm knows of it.
    events = Incident.objects.filter(Q(pk__in=counted) | Q(same_as__in=counted))
    rows = list(events.order_by(Coalesce("same_as", "pk"), "pk"))
    _log_shown(recall, [row.pk for row in rows], by, reason.strip())
    return _draft(recall, by, tally, tuple(map(_account, rows)))


@transaction.atomic
def _log_shown(recall: Recall, numbers: list[int], by: Staff, reason: str) -> None:
    states: dict[int, Any] = dict(
        Incident.objects.filter(pk__in=numbers).order_by("pk").values_list("pk", "state")
    )
    for number, state in states.items():
        record_change(
            subject=Subject.INCIDENT,
            subject_id=number,
            from_state=state,
            to_state=state,
            reason=Reason.HEALTH_SHOWN,
            actor_id=by.pk,
            recall_id=recall.pk,
            note=reason,
        )


def _account(row: Incident) -> Account:
    hurt = tuple(
        ", ".join(part for part in (str(each.care.label), _age(each.age), each.harm) if part)
        for each in hurt_of(row)
    )
    return Account(row.pk, opened(row, "sealed_account"), hurt, row.same_as_id)


def _age(told: str) -> str:
    return f"{told} years" if told.isdecimal() else told  # "8 months" says so itself


def _draft(recall: Recall, by: Staff, tally: Tally, accounts: tuple[Account, ...]) -> Draft:
    version = live_version(recall) or newest_version(recall)
    if version is None:
        raise NoDraft(f"{recall.slug} has no version yet.", "Write its recall first.")
    document = document_of(version)
    rows = _rows(tally)
    return Draft(
        recall=recall.slug,
        case_number=next((each.case_number for each in document.jurisdictions), ""),
        version=_named(version),
        made_by=by.name,
        made_at=clock.now(),
        items=tuple(
            _items(document, version, tally, rows, recall, by, with_accounts=bool(accounts))
        ),
        reports=rows,
        made_up=document.made_up,
        accounts=accounts,
    )


def _items(
    document: Document,
    version: RecallVersion,
    tally: Tally,
    rows: tuple[ReportRow, ...],
    recall: Recall,
    by: Staff,
    *,
    with_accounts: bool,
) -> list[Item]:
    source = _named(version)
    of_product = OfProduct(document, source)
    return [
        of_product.identification(),
        of_product.makers(),
        of_product.defect(),
        of_incidents.harm(tally, told_beside(recall, by=by)),
        _person(document, source, by),
        of_incidents.obtained(rows, tally, with_accounts=with_accounts),
        of_product.total(),
        of_product.dates(),
        of_product.levels(),
        of_plan.changes(),
        of_plan.told(document, source, is_live=version.state == VersionState.LIVE),
        of_plan.remedies(document, source),
        of_product.way(),
        of_product.names(),
    ]


def _named(version: RecallVersion) -> str:
    return f"recall file, version {version.number} ({version.get_state_display().lower()})"


def _person(document: Document, source: str, by: Staff) -> Item:
    firm = document.firm
    address = ", ".join(part.strip() for part in firm.address.splitlines() if part.strip())
    return Item(
        5,
        (
            Known(f"{by.name}, {by.email}", "whoever made this draft"),
            Known(f"{firm.legal_name or firm.name}, {address}", f"{source}, firm"),
        ),
        ("The title and phone number of the person who informs: write them in by hand.",),
    )


def _rows(tally: Tally) -> tuple[ReportRow, ...]:
    counted = [told.number for told in tally.told]
    found = Incident.objects.defer(*SEALED).in_bulk(counted)
    joined = Incident.objects.filter(same_as__in=counted).order_by("-obtained_at")
    first = dict(joined.values_list("same_as", "obtained_at"))  # of several the earliest stays
    return tuple(
        ReportRow(
            number=row.pk,
            happened=str(row.get_happened_display()),
            happened_on=_day(row),
            known_since=min(row.obtained_at, first.get(row.pk, row.obtained_at)),
            told_on=row.told_on,
            told_by=str(row.get_source_display()),
            reported=_reported(row),
        )
        for row in (found[told.number] for told in tally.told)
    )


def _day(row: Incident) -> str:
    if row.happened_on is None:
        return ""
    return f"{'' if row.is_day_exact else 'about '}{row.happened_on}"


def _reported(row: Incident) -> str:
    if row.reported_at is None:
        return str(row.get_state_display())
    return f"{row.authority_reference}, {row.reported_at:%Y-%m-%d %H:%M} UTC"
