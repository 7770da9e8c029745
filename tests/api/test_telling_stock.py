"""What a partner's own programs tell counts once, for that partner and nobody else."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from recalldesk.accounts import api_keys
from recalldesk.accounts.api_keys import give_api_key
from recalldesk.accounts.errors import ApiKeyProblem
from recalldesk.accounts.models import Partner
from recalldesk.accounts.permissions import KeyRight
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.remedies.models import Correction
from recalldesk.stock.models import StockReport
from recalldesk.stock.partners.managing import end_partner
from recalldesk.stock.states import Through
from tests.cast import AFFECTED, FAR, Cast
from tests.stock.at_a_shop import in_days, shop, told

pytestmark = pytest.mark.django_db
TODAY = in_days(0).isoformat()
STOCK = {
    "name": "delivery-note-1",
    "recall": "kettle-k20",
    "kind": "destroyed",
    "units": 5,
    "happened_on": TODAY,
}
REFUND = {
    "name": "credit-note-1",
    "recall": "kettle-k20",
    "measure": "refunded",
    "happened_on": TODAY,
    "serial": AFFECTED,
}


@pytest.fixture(autouse=True)
def _no_key_known() -> Iterator[None]:
    api_keys.forget()
    yield
    api_keys.forget()


@pytest.fixture
def recall(published_recall: RecallVersion) -> Recall:
    return published_recall.recall


@pytest.fixture
def market(recall: Recall, cast: Cast) -> Partner:
    partner = shop(cast.author)
    told(recall, partner, cast.author)
    return partner


def key(cast: Cast, partner: Partner | None, *rights: KeyRight) -> str:
    named = f"key of {partner} {len(rights)}"
    return give_api_key(
        name=named, rights=rights or [KeyRight.STOCK], by=cast.administrator, partner=partner
    ).text


def tells(text: str, what: str, said: dict[str, Any]) -> Any:
    return Client().post(
        f"/api/v1/{what}",
        said,
        content_type="application/json",
        headers={"Authorization": f"Bearer {text}"},
    )


def corrected() -> int:
    return sum(Correction.objects.values_list("units", flat=True))


def test_it_counts_once_however_often_it_is_sent(cast: Cast, market: Partner) -> None:
    text = key(cast, market)
    first, again = (tells(text, "stock", STOCK) for _ in range(2))
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json()["number"] == again.json()["number"]
    assert first.json()["counts_as_corrected"]
    assert first["Cache-Control"] == "no-store"
    row = StockReport.objects.get()
    assert (row.partner, row.through, row.product) == (market, Through.API, "k20")
    otherwise = tells(text, "stock", STOCK | {"units": 6})
    assert (otherwise.status_code, corrected()) == (409, 5)


def test_a_refund_counts_once_and_no_answer_holds_its_serial(cast: Cast, market: Partner) -> None:
    text = key(cast, market)
    for _ in range(2):
        answer = tells(text, "refunds", REFUND)
        assert answer.status_code == 200
        assert AFFECTED not in answer.content.decode()
    assert corrected() == 1
    other = tells(text, "refunds", REFUND | {"name": "credit-note-2"})
    assert other.status_code == 409
    assert AFFECTED not in other.content.decode()
    unknown = REFUND | {"name": "credit-note-3", "serial": FAR}
    assert tells(text, "refunds", unknown).status_code == 409
    both = REFUND | {"name": "credit-note-4", "units": 2}
    assert tells(text, "refunds", both).status_code == 409
    assert corrected() == 1


def test_two_partners_may_call_theirs_the_same(cast: Cast, market: Partner, recall: Recall) -> None:
    outlet = shop(cast.author, "Example Outlet")
    told(recall, outlet, cast.author)
    for partner in (market, outlet):
        assert tells(key(cast, partner), "stock", STOCK).status_code == 200
    assert corrected() == 10


def test_of_a_recall_that_it_was_not_told_of_there_is_none(cast: Cast, recall: Recall) -> None:
    text = key(cast, shop(cast.author))
    assert tells(text, "stock", STOCK).status_code == 404
    assert tells(text, "refunds", REFUND).status_code == 404
    assert corrected() == 0


def test_a_key_without_the_right_tells_nothing(cast: Cast, market: Partner) -> None:
    text = key(cast, market, KeyRight.CHECK_BATCH)
    assert tells(text, "stock", STOCK).status_code == 403
    assert tells("no key", "stock", STOCK).status_code == 401


def test_a_key_to_stock_speaks_for_a_partner(cast: Cast) -> None:
    with pytest.raises(ApiKeyProblem, match="speaks for one partner"):
        key(cast, None)


def test_with_its_partner_a_key_ends(cast: Cast, market: Partner) -> None:
    text = key(cast, market)
    end_partner(partner=market, by=cast.author, note="closed down")
    assert tells(text, "stock", STOCK).status_code == 401
    with pytest.raises(ApiKeyProblem, match="no partner any more"):
        key(cast, market)
