"""What the pages of partners show."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.urls import reverse

from recalldesk.accounts.models import Partner, Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.console.partner_forms import (
    AnswerForm,
    CountsForm,
    MovementForm,
    PartnerSaidForm,
    PostingForm,
    RefundForm,
    name_of,
)
from recalldesk.console.stock_rows_shown import FIGURES, RowsAt, named_cells, number_cells
from recalldesk.evidence.enclosures.states import FileState
from recalldesk.evidence.reads import photos_of_each
from recalldesk.evidence.states import WAITING, PhotoState
from recalldesk.recalls.document.product import Product
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import document_of, live_version
from recalldesk.stock.models import Posting, StockFile, StockReport
from recalldesk.stock.partners.managing import said_of
from recalldesk.stock.posted_photos import photos_of_posting
from recalldesk.stock.reads.counts import older_counts, refunds_of, reports_of, totals
from recalldesk.stock.reads.notices import all_notices_of, said_by, today_of
from recalldesk.stock.reads.partners import PartnerOfRecall, partner_in, partners_of, postings_of
from recalldesk.stock.states import MOVEMENTS, Kind, Standing, Through

MOST_ROWS = 100
Forms = dict[str, forms.Form]


@dataclass(frozen=True)
class RowShown:
    """A row that was told. `stands`: what became of it."""

    report: StockReport
    kind: str
    product: str
    way: str
    stands: str
    may_take_back: bool
    may_certify: bool
    files: list[tuple[StockFile, str]] = field(default_factory=list)


def recall_values(recall: Recall, by: Staff) -> dict[str, Any]:
    """All partners of a recall: who was told, who answered, who is late, and their stock."""
    every = partners_of(recall)
    lines, rows_at = sorted(every, key=_asks_first), _rows_at(recall)
    total = totals(each.stock for each in every)
    return {
        "recall": recall,
        "lines": lines,
        "stock_heads": [title for title, _ in FIGURES.values()],
        "stock_lines": [
            (each, number_cells(each.stock, rows_at, each.partner.pk)) for each in lines
        ],
        "total": total,
        "total_cells": number_cells(total, rows_at, None),
        "late": sum(each.standing.is_late for each in every),
        "failed": sum(each.standing.failed for each in every),
        "to_tell": sum(each.standing.needs_notice for each in every),
        "answered": sum(each.standing.standing is Standing.ACKNOWLEDGED for each in every),
        "is_published": live_version(recall) is not None,
        "may_manage": by.may(Permission.MANAGE_PARTNERS),
    }


def partner_values(
    recall: Recall, partner: Partner, by: Staff, bound: Forms | None = None
) -> dict[str, Any]:
    """One partner: where it stands, and each row that it told."""
    shown = partner_in(recall, partner)
    notices = [each for each in all_notices_of(recall) if each.partner_id == partner.pk]
    may_manage = by.may(Permission.MANAGE_PARTNERS)
    products = products_of(recall)
    values: dict[str, Any] = {
        "recall": recall,
        "partner": partner,
        "level": partner.get_level_display(),
        "line": shown,
        "sums": named_cells(shown.stock, _rows_at(recall), partner.pk),
        "notices": [(each, said_by(each) if may_manage else "") for each in notices],
        "rows": _rows(recall, partner, products),
        "postings": _postings(recall, partner),
        "refunds": list(refunds_of(recall, partner)[:MOST_ROWS]),
        "most": MOST_ROWS,
        "may_manage": may_manage,
        "may_enter": may_manage and partner.is_active and bool(products),
    }
    if may_manage:
        values |= {"said": said_of(partner)} | partner_forms(recall, partner) | (bound or {})
    return values


def partner_forms(recall: Recall, partner: Partner) -> Forms:
    """The forms of one partner's page, as nobody wrote in them."""
    products, today = products_of(recall), today_of(live_version(recall))
    said = said_of(partner)
    return {
        "answer_form": AnswerForm(products, auto_id="answer_%s"),
        "counts_form": CountsForm(products, initial={"day": today}, auto_id="counts_%s"),
        "moved_form": MovementForm(products, initial={"happened_on": today}, auto_id="moved_%s"),
        "refund_form": RefundForm(initial={"happened_on": today}, auto_id="refund_%s"),
        "posted_form": PostingForm(initial={"since": today}, auto_id="posted_%s"),
        "said_form": PartnerSaidForm(initial=vars(said), auto_id="said_%s"),
    }


def posting_values(recall: Recall, partner: Partner, own: Posting, by: Staff) -> dict[str, Any]:
    """One place where the notice hangs, with its photos."""
    minus = getattr(own, "taken_back_by", None)
    return {
        "recall": recall,
        "partner": partner,
        "posting": own,
        "way": Through(own.through).label,
        "taken_back": minus,
        "photos": [
            (each, each.state == PhotoState.CLEAN, each.state in WAITING)
            for each in photos_of_posting(own)
        ],
        "may_enter": by.may(Permission.MANAGE_PARTNERS) and partner.is_active and minus is None,
    }


def _postings(recall: Recall, partner: Partner) -> list[tuple[Posting, int]]:
    """Each place, with how many photos it has."""
    every = list(postings_of(recall, partner))
    photos = photos_of_each([each.evidence_id for each in every if each.evidence_id])
    return [(each, len(photos.get(each.evidence_id or 0, ()))) for each in every]


def products_of(recall: Recall) -> list[Product]:
    """The products of the live version; none where there is none."""
    live = live_version(recall)
    return list(document_of(live).products) if live else []


def _rows_at(recall: Recall) -> RowsAt:
    def at(figure: str, partner: int | None) -> str:
        query = f"?partner={partner}" if partner else ""
        return reverse("console:partner_rows", args=[recall.slug, figure]) + query

    return at


def _asks_first(each: PartnerOfRecall) -> tuple[int, str]:
    """Who is late stands first, then who is to be told, then who has not answered."""
    standing = each.standing
    order = (standing.is_late, standing.failed, standing.needs_notice)
    first = next((place for place, is_so in enumerate(order) if is_so), len(order))
    is_answered = standing.standing is Standing.ACKNOWLEDGED
    return first + is_answered, each.partner.name.casefold()


def _rows(recall: Recall, partner: Partner, products: list[Product]) -> list[RowShown]:
    names = {each.key: name_of(each) for each in products}
    told = list(reports_of(recall, partner)[:MOST_ROWS])
    older = older_counts(told)
    return [_row(report, names, is_older=report.pk in older) for report in told]


def _row(report: StockReport, names: dict[str, str], *, is_older: bool) -> RowShown:
    minus = getattr(report, "taken_back_by", None)
    if report.takes_back_id:
        stands = f"takes back {report.takes_back_id}"
    elif minus is not None:
        stands = f"taken back by {minus.pk}"
    elif report.correction is not None and hasattr(report.correction, "taken_back_by"):
        stands = "its correction is taken back"
    elif is_older:
        stands = "a newer count holds"
    elif report.came_back:
        stands = "counts apart"
    else:
        stands = "counts, as correction" if report.correction_id else "counts"
    return RowShown(
        report=report,
        kind=Kind(report.kind).label + (", from customers" if report.came_back else ""),
        product=names.get(report.product, report.product),
        way=Through(report.through).label,
        stands=stands,
        may_take_back=minus is None and report.takes_back_id is None,
        may_certify=report.kind in MOVEMENTS and minus is None and report.takes_back_id is None,
        files=[(each, FileState(each.state).label) for each in report.files.all()],
    )
