"""What a partner tells of its stock counts once, at its own level; what is taken back, no more."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.models import Partner
from recalldesk.accounts.permissions import PartnerLevel
from recalldesk.foundation import clock
from recalldesk.recalls.models import Recall
from recalldesk.remedies.corrections.reporting import take_back
from recalldesk.remedies.corrections.states import Level, Measure
from recalldesk.remedies.models import Correction, ReportedCorrection
from recalldesk.stock.errors import StockProblem, StockRefused
from recalldesk.stock.models import StockReport
from recalldesk.stock.reads.counts import Stock, movements_of, stock_of, totals
from recalldesk.stock.reporting import take_back_stock
from recalldesk.stock.states import Kind, Through
from tests.cast import Cast
from tests.stock.at_a_shop import MARKET, in_days, says, shop

pytestmark = pytest.mark.django_db


def corrected() -> int:
    return sum(Correction.objects.values_list("units", flat=True))


def stock(recall: Recall, partner: Partner) -> Stock:
    return stock_of(recall).get(partner.pk, Stock())


def take(number: int, by: Partner, note: str = "counted the wrong shelf") -> StockReport:
    return take_back_stock(number=number, by=by, through=Through.PAGE, note=note, partner=by)


def test_the_same_form_sent_twice_is_one_row(recall: Recall, market: Partner) -> None:
    first = says(recall, market, Kind.DESTROYED, 5, "one")
    assert says(recall, market, Kind.DESTROYED, 5, "one").pk == first.pk
    assert (StockReport.objects.count(), corrected()) == (1, 5)


def test_the_same_form_with_another_number_is_refused(recall: Recall, market: Partner) -> None:
    says(recall, market, Kind.DESTROYED, 5, "one")
    with pytest.raises(StockRefused) as refused:
        says(recall, market, Kind.DESTROYED, 6, "one")
    assert refused.value.kind is StockProblem.SENT_OTHERWISE
    assert corrected() == 5


def test_counts_are_levels_and_movements_add_up(recall: Recall, market: Partner) -> None:
    for units in (40, 25):
        says(recall, market, Kind.ON_HAND, units, f"hand{units}")
    says(recall, market, Kind.QUARANTINED, 25, "apart")
    for units in (3, 4):
        says(recall, market, Kind.RETURNED, units, f"back{units}")
    says(recall, market, Kind.DESTROYED, 8, "gone")
    found = stock(recall, market)
    assert (found.on_hand, found.quarantined, found.returned, found.destroyed) == (25, 25, 7, 8)
    assert corrected() == 15


def test_it_counts_at_the_partners_level_under_its_name(recall: Recall, cast: Cast) -> None:
    depot = shop(cast.author, "Example Depot", level=PartnerLevel.DISTRIBUTOR)
    row = says(recall, depot, Kind.RETURNED, 3, "one", reference="RMA-1")
    report = ReportedCorrection.objects.get()
    assert row.correction == report
    assert (report.level, report.measure) == (Level.DISTRIBUTOR, Measure.RETURNED)
    assert (report.reported_by, report.shop_reference) == ("Example Depot", "RMA-1")
    assert (report.partner, report.by) == (depot, None)
    assert Correction.objects.get().level == Level.DISTRIBUTOR


def test_what_came_back_from_customers_is_told_and_not_counted_again(
    recall: Recall, market: Partner
) -> None:
    row = says(recall, market, Kind.DESTROYED, 6, "one", came_back=True)
    assert row.correction is None
    assert corrected() == 0
    assert (stock(recall, market).destroyed, stock(recall, market).came_back) == (0, 6)


def test_what_is_taken_back_takes_its_correction_back(recall: Recall, market: Partner) -> None:
    row = says(recall, market, Kind.DESTROYED, 5, "one")
    minus = take(row.pk, market)
    assert take(row.pk, market).pk == minus.pk
    assert corrected() == 0
    assert [each.units for each in Correction.objects.order_by("pk")] == [5, -5]
    assert stock(recall, market).destroyed == 0
    says(recall, market, Kind.DESTROYED, 4, "two")
    assert corrected() == 4


def test_a_count_that_is_taken_back_gives_way_to_the_one_before(
    recall: Recall, market: Partner
) -> None:
    says(recall, market, Kind.ON_HAND, 40, "one")
    wrong = says(recall, market, Kind.ON_HAND, 4, "two")
    take(wrong.pk, market)
    assert stock(recall, market).on_hand == 40


def test_what_the_desk_takes_back_among_the_corrections_counts_nowhere(
    recall: Recall, market: Partner, cast: Cast
) -> None:
    row = says(recall, market, Kind.DESTROYED, 5, "one")
    assert row.correction_id is not None
    take_back(number=row.correction_id, by=cast.author, note="they meant another recall")
    assert stock(recall, market).destroyed == 0
    take(row.pk, market)
    assert corrected() == 0


def test_a_period_keeps_its_figure_and_what_is_learned_later_is_a_minus_of_its_own(
    recall: Recall, market: Partner
) -> None:
    begin = clock.now() - timedelta(seconds=1)
    row = says(recall, market, Kind.DESTROYED, 5, "one")
    between = clock.now()
    with time_machine.travel(between + timedelta(days=30), tick=False):
        take(row.pk, market)
        later = clock.now()

    def units(first: object, last: object) -> list[tuple[int, int]]:
        return [(each.row_id, each.units) for each in movements_of(recall, first, last)]  # type: ignore[arg-type]

    assert units(begin, between) == [(row.pk, 5)]
    assert units(between, later) == [(row.pk, -5)]
    assert stock_of(recall, until=between)[market.pk].destroyed == 5
    assert market.pk not in stock_of(recall, until=later)


def test_rows_are_never_changed(recall: Recall, market: Partner) -> None:
    row = says(recall, market, Kind.ON_HAND, 5, "one")
    with pytest.raises(DatabaseError), transaction.atomic():
        StockReport.objects.filter(pk=row.pk).update(units=4)
    with pytest.raises(DatabaseError), transaction.atomic():
        StockReport.objects.filter(pk=row.pk).delete()


def test_a_partner_takes_back_its_own_only(recall: Recall, market: Partner, cast: Cast) -> None:
    row = says(recall, market, Kind.DESTROYED, 5, "one")
    other = shop(cast.author, "Example Outlet")
    with pytest.raises(StockRefused) as refused:
        take(row.pk, other)
    assert refused.value.kind is StockProblem.NOT_THERE
    with pytest.raises(StockRefused):
        take(row.pk, market, note=" ")
    assert corrected() == 5


def test_the_desk_enters_for_it_and_who_did_stands_there(
    recall: Recall, market: Partner, cast: Cast
) -> None:
    row = says(recall, market, Kind.RETURNED, 2, "one", by=cast.author)
    assert (row.by, row.through, row.told_by) == (cast.author, Through.DESK, cast.author.name)
    own = says(recall, market, Kind.RETURNED, 2, "two")
    assert (own.by, own.told_by) == (None, MARKET)
    with pytest.raises(NotPermitted):
        says(recall, market, Kind.RETURNED, 2, "three", by=cast.viewer)


@pytest.mark.parametrize(
    ("kind", "units", "more", "why"),
    [
        (Kind.ON_HAND, -1, {}, StockProblem.NO_UNITS),
        (Kind.DESTROYED, 0, {}, StockProblem.NO_UNITS),
        (Kind.DESTROYED, 100_000_001, {}, StockProblem.NO_UNITS),
        (Kind.DESTROYED, 1, {"ahead": 5}, StockProblem.NO_DAY),
        (Kind.DESTROYED, 1, {"product": "no-such"}, StockProblem.NOT_A_PRODUCT),
        (Kind.DESTROYED, 1, {"reference": "x" * 61}, StockProblem.TOO_LONG),
    ],
)
def test_what_cannot_be_is_refused(
    recall: Recall,
    market: Partner,
    kind: Kind,
    units: int,
    more: dict[str, object],
    why: StockProblem,
) -> None:
    said = {**more, "happened_on": in_days(int(str(more.get("ahead", 0))))}
    said.pop("ahead", None)
    with pytest.raises(StockRefused) as refused:
        says(recall, market, kind, units, "one", **said)
    assert refused.value.kind is why
    assert not StockReport.objects.exists()


def test_the_manufacturer_has_nobody_to_return_to(recall: Recall, cast: Cast) -> None:
    works = shop(cast.author, "Example Works", level=PartnerLevel.MANUFACTURER)
    with pytest.raises(StockRefused) as refused:
        says(recall, works, Kind.RETURNED, 5, "one")
    assert refused.value.kind is StockProblem.NOWHERE_TO_RETURN
    says(recall, works, Kind.DESTROYED, 5, "two")
    assert corrected() == 5


def test_a_total_of_several_says_nothing_where_nobody_counted(
    recall: Recall, market: Partner, cast: Cast
) -> None:
    says(recall, market, Kind.DESTROYED, 5, "one")
    says(recall, shop(cast.author, "Example Outlet"), Kind.ON_HAND, 7, "two")
    found = totals(stock_of(recall).values())
    assert (found.on_hand, found.quarantined, found.corrected) == (7, None, 5)
