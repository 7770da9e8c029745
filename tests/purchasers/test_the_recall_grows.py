"""Kept files are matched anew with the live version: what is new is added, and nothing goes."""

import pytest

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason
from recalldesk.foundation import clock
from recalldesk.purchasers.importing.anew import match_files_anew
from recalldesk.purchasers.importing.expanding import match_what_is_behind
from recalldesk.purchasers.models import OrderFile, Purchase
from recalldesk.purchasers.reads.purchases import (
    CoveredOrNot,
    PurchaseFilters,
    purchases_listed,
)
from recalldesk.purchasers.states import FileKind, Strength
from recalldesk.recalls.models import RecallVersion
from tests.cast import AFFECTED, Desk
from tests.purchasers.shops import Shops, Sold, bought, text_with_numbers
from tests.purchasers.test_corrections_meet_purchases import REGISTERED

WINDOW = "since = 2024-02-01             # leave `until` out while it is still sold"


def version_sold(desk: Desk, since: str, until: str) -> RecallVersion:
    """The next version, whose product was sold in these days; live."""
    text = text_with_numbers().replace(WINDOW, f"since = {since}")
    return desk.published(
        text.replace("until = 2025-02-28\nchannels", f"until = {until}\nchannels")
    )


@pytest.mark.django_db
def test_what_is_newly_covered_is_added_and_what_is_not_is_marked(kettles: Desk) -> None:
    kettles.published(text_with_numbers())
    shops = Shops(kettles.recall(), kettles.cast.author, kettles.folder)
    shops.took(
        Sold("1001", day="2024-06-01", pieces="2"),
        Sold("1002", day="2023-06-01", customer="Ben Sample", mail="ben@example.org"),
    )
    shops.take(shops.returned(("1001", "TW-K20", "1")), kind=FileKind.RETURNS)
    assert bought() == [(2, 1)]
    assert match_what_is_behind() == 0

    version_sold(kettles, "2023-02-01", "2023-12-31")
    assert match_what_is_behind() == 1
    done = match_files_anew(shops.recall)
    assert (done.version, done.files, done.added, done.uncovered) == (2, 2, 1, 1)
    assert bought() == [(2, 1), (1, 0)]
    gone, found = Purchase.objects.order_by("pk")
    assert gone.unmatched_at is not None
    assert (found.unmatched_at, found.strength) == (None, Strength.STRONG)
    assert {each.version.number for each in OrderFile.objects.select_related("version")} == {2}
    assert StateChange.objects.filter(reason=Reason.MATCHED_ANEW).count() == 2
    assert match_what_is_behind() == 0
    again = match_files_anew(shops.recall)
    assert (again.added, again.uncovered, again.covered_again) == (0, 0, 0)
    page = purchases_listed(
        shops.recall, PurchaseFilters(covered=CoveredOrNot.NO), by=kettles.cast.viewer
    )
    assert [row.number for row in page.rows] == [gone.pk]

    version_sold(kettles, "2023-02-01", "2025-02-28")
    last = match_files_anew(shops.recall)
    assert (last.added, last.uncovered, last.covered_again) == (0, 0, 1)
    assert not Purchase.objects.exclude(unmatched_at=None).exists()
    assert Purchase.objects.filter(at__lte=clock.now()).count() == 2


@pytest.mark.django_db
def test_what_was_matched_before_the_recall_was_public_is_matched_anew(kettles: Desk) -> None:
    later_known = text_with_numbers().replace('"TW-K20"', '"TW-OTHER"')
    kettles.take(kettles.apply(later_known))
    shops = Shops(kettles.recall(), kettles.cast.author, kettles.folder)
    registered = shops.file(f"Serial,Mail\n{AFFECTED},ana@example.org\n")
    taken = shops.take_mapped(registered, REGISTERED, FileKind.REGISTRATIONS)
    assert any("not public yet" in remark for remark in taken.remarks)
    shops.took(Sold("1001"))
    assert not Purchase.objects.exists()

    kettles.publish(kettles.approve(kettles.apply(text_with_numbers())))
    assert match_what_is_behind() == 1
    assert match_files_anew(shops.recall).added == 2
    assert match_what_is_behind() == 0
    assert match_files_anew(shops.recall).added == 0
