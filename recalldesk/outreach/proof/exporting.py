"""The proof of a whole recall as one list: each purchase with each notice that names it.

Guarantees: a purchase of which nobody was told stands in it too, with why; no column tells of a
person; who took it, why and how many rows stands in the log before the first byte leaves.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import QuerySet

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk_queue.exporting import Export, hand_out
from recalldesk.claims.models import ListExport
from recalldesk.claims.states import SheetForm
from recalldesk.foundation.sheets import Cell, Heading
from recalldesk.outreach.models import DirectNotice, NamedPurchase, WaveText
from recalldesk.outreach.proof.noticed import digest_of_text, why_not
from recalldesk.outreach.reach.outcomes import Outcome, purchases_with_outcomes
from recalldesk.purchasers.models import Purchase
from recalldesk.recalls.models import Recall

LOGGED_AS = "proof?"
AT_ONCE = 1_000
HEADS = (
    *("Purchase", "Purchaser", "Person", "Channel", "Product", "Units", "Back", "Match"),
    *("Ordered on", "Country", "File", "Line", "Outcome"),
    *("Notice", "Wave", "Way", "Language", "Text SHA-256", "State", "Why"),
    *("Made (UTC)", "Sent (UTC)", "Delivered (UTC)", "Ended (UTC)", "Link pressed (UTC)"),
    *("Attempts", "Perhaps repeated"),
)
Texts = dict[tuple[int, str, str], str]


def export_proof(recall: Recall, *, by: Staff, form: SheetForm, reason: str) -> Export:
    """Begins to hand out the list. Raises NotPermitted, NoReasonForExport, TooManyForWorkbook."""
    require(by, Permission.SEE_PURCHASERS)
    require(by, Permission.EXPORT_LIST)
    purchases = purchases_with_outcomes(recall)
    named = NamedPurchase.objects.filter(purchase__in=purchases.order_by().values("pk"))
    return hand_out(
        ListExport(
            by=by,
            query=f"{LOGGED_AS}recall={recall.slug}",
            form=form,
            columns=list(HEADS),
            is_personal=False,
            expected=named.count() + purchases.exclude(pk__in=named.values("purchase_id")).count(),
        ),
        name=f"proof-{recall.slug}",
        headings=[Heading(head) for head in HEADS],
        rows=_rows(recall, purchases),
        reason=reason,
    )


def _rows(recall: Recall, purchases: QuerySet[Purchase]) -> Iterator[list[Cell]]:
    texts = {
        (each.wave_id, each.way, each.language): digest_of_text(each)
        for each in WaveText.objects.filter(wave__recall=recall)
    }
    rows = purchases.select_related("purchaser").defer("sealed_order", "sealed_serial")
    after = 0
    while page := list(rows.filter(pk__gt=after).order_by("pk")[:AT_ONCE]):
        after = page[-1].pk
        notices = _notices(page)
        for purchase in page:
            of_purchase = _of_purchase(purchase)
            for notice in notices.get(purchase.pk, ()):
                yield [*of_purchase, *_of_notice(notice, texts)]
            if purchase.pk not in notices:
                yield [*of_purchase, *("",) * (len(HEADS) - len(of_purchase))]


def _notices(page: Sequence[Purchase]) -> dict[int, list[DirectNotice]]:
    named = NamedPurchase.objects.filter(purchase__in=[each.pk for each in page])
    found = defaultdict[int, list[DirectNotice]](list)
    unread = ("notice__sealed_to", "notice__sealed_token")
    for each in named.select_related("notice__wave").defer(*unread).order_by("notice_id"):
        found[each.purchase_id].append(each.notice)
    return found


def _of_purchase(row: Purchase) -> list[Cell]:
    return [
        row.pk,
        row.purchaser_id or "",
        row.purchaser.person_id if row.purchaser else "",
        row.channel,
        row.product,
        row.units,
        row.units_back,
        row.strength,
        str(row.ordered_on or ""),
        row.country,
        row.file_id,
        row.line,
        Outcome(getattr(row, "outcome")).label,  # noqa: B009 - the query adds it
    ]


def _of_notice(row: DirectNotice, texts: Texts) -> list[Cell]:
    moments = (row.made_at, row.sent_at, row.delivered_at, row.ended_at, row.opened_at)
    return [
        row.pk,
        row.wave.number,
        row.way,
        row.language,
        texts.get((row.wave_id, row.way, row.language), ""),
        row.state,
        why_not(row),
        *map(_moment, moments),
        row.attempts,
        row.repeats,
    ]


def _moment(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""
