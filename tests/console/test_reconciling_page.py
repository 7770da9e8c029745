"""The desk sees what providers and rows do not say alike, settles it, and has it compared anew."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from recalldesk.accounts.permissions import Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.claims.models import Filing
from recalldesk.foundation import clock
from recalldesk.remedies.models import Finding, ReconcilingRun, remedy_id
from recalldesk.remedies.placing import holds
from recalldesk.remedies.placing.due import place_due
from recalldesk.remedies.providers.interface import Effect, Found, Standing
from recalldesk.remedies.providers.registry import replaced
from recalldesk.remedies.reconciling.reconciling import Reconciled, reconcile
from recalldesk.remedies.states import Differs
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import Desk
from tests.claims.conftest import photos_folder
from tests.claims.owner import claim_of, text_with_all_remedies, why_of
from tests.claims.remedying.test_an_approved_claim_gets_its_remedy import LATER, ordered
from tests.remedies.listing import Listing
from tests.worked import run_jobs

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("published")]
__all__ = ["photos_folder"]  # a store for photos, for every test
PAGE = "/desk/remedies/reconciling/"


@pytest.fixture
def published(kettles: Desk) -> None:
    """A recall with every kind of remedy."""
    kettles.published(text_with_all_remedies())


@pytest.fixture
def senior(client: Client) -> Client:
    """A senior reviewer, signed in."""
    return sign_in(client, staff(Role.SENIOR_REVIEWER))


@pytest.fixture
def warehouse() -> Iterator[Listing]:
    """Whoever sends kettles."""
    provider = Listing(name="dispatch")
    with replaced(provider):
        yield provider


def placed() -> Filing:
    """A claim whose kettle its provider has on order."""
    filing = ordered()
    with time_machine.travel(clock.now() + LATER, tick=False):
        assert place_due() == 1
    return filing


def compared() -> Reconciled:
    with time_machine.travel(clock.now() + 2 * LATER, tick=False):
        return reconcile()


def missing(warehouse: Listing) -> Filing:
    """A claim of whose order its provider knows nothing any more."""
    filing = placed()
    warehouse.done.clear()
    compared()
    return filing


def seen(client: Client, query: str = "") -> str:
    response = client.get(PAGE + query)
    assert response.status_code == 200
    return main_of(response)


def test_before_the_first_run_it_says_so(senior: Client) -> None:
    page = seen(senior)
    assert "No provider was compared yet." in page
    assert "Nothing is open." in page


def test_where_all_agree_the_last_run_is_green_with_what_it_compared(
    senior: Client, warehouse: Listing
) -> None:
    placed()
    compared()
    run = ReconcilingRun.objects.get(provider="dispatch")
    assert (run.orders, run.effects, run.is_green) == (1, 1, True)
    page = seen(senior)
    assert "green" in page
    assert "Providers and rows agree" in page


def test_a_finding_stands_under_its_kind_with_what_to_do_and_leads_to_its_claim(
    senior: Client, warehouse: Listing
) -> None:
    filing = missing(warehouse)
    page = seen(senior)
    assert Differs.MISSING.label in page
    assert "Ask the provider whether it has the order" in page
    assert f"/desk/claims/{filing.reference}/1/" in page
    assert "1 open" in page
    assert "Given1" not in page


def test_an_effect_under_another_id_leads_to_the_claim_of_its_unit_and_could_pay_twice(
    senior: Client, warehouse: Listing
) -> None:
    filing = placed()
    remedy = claim_of(filing).remedy
    digest = bytes(remedy.entitlement.unit_digest)
    other = remedy_id(unit_digest=digest, grant=1, turn=2)
    warehouse.more = (Effect(Found("r2", Standing.ORDERED), other),)
    compared()
    page = seen(senior)
    assert Differs.DOUBLED.label in page
    assert "could pay twice" in page
    assert f"/desk/claims/{filing.reference}/1/" in page


def test_a_person_settles_one_with_a_reason_and_it_stands_there_with_it(
    senior: Client, warehouse: Listing
) -> None:
    filing = missing(warehouse)
    finding = Finding.objects.get()
    where = f"{PAGE}{finding.pk}/settle/"
    answer = senior.post(where, {"note": "  "}, follow=True)
    assert "Say what you found." in answer.content.decode()
    answer = senior.post(where, {"note": "They found it: under the old account."}, follow=True)
    assert f"Finding {finding.pk} is settled." in answer.content.decode()
    finding.refresh_from_db()
    assert finding.settled_by is not None
    row = StateChange.objects.get(subject=Subject.PLACING, to_state="finding_settled")
    assert (row.subject_id, row.actor_id) == (finding.pk, finding.settled_by_id)
    assert why_of(row) == "They found it: under the old account."
    page = seen(senior)
    assert "under the old account" in page
    assert filing.reference in page
    assert "Settle finding" not in page
    again = senior.post(where, {"note": "once more"}, follow=True).content.decode()
    assert f"There is no open finding {finding.pk}." in again


def test_what_closes_by_itself_is_settled_by_nobody(senior: Client, warehouse: Listing) -> None:
    warehouse.is_silent = True
    compared()
    finding = Finding.objects.get(kind=Differs.SILENT)
    assert "Settle finding" not in seen(senior)
    answer = senior.post(f"{PAGE}{finding.pk}/settle/", {"note": "let it be"}, follow=True)
    assert "Nobody settles this one." in answer.content.decode()
    assert "did not speak" in seen(senior)


def test_a_run_is_asked_for_once_and_a_worker_does_it(senior: Client, warehouse: Listing) -> None:
    placed()
    for _ in range(2):
        answer = senior.post(f"{PAGE}now/", follow=True)
        assert "A worker compares now." in answer.content.decode()
    assert "A run is asked for" in seen(senior)
    asked = StateChange.objects.filter(to_state="reconcile_asked")
    assert asked.count() == 2
    assert asked.exclude(actor_id=None).count() == 2
    run_jobs(tasks=["remedies.reconcile_now"])
    assert ReconcilingRun.objects.filter(provider="dispatch").count() == 1
    assert "Compare now" in seen(senior)


def test_after_a_restore_it_says_what_is_in_the_way_until_a_run_is_green(
    senior: Client, warehouse: Listing
) -> None:
    placed()
    holds.hold(holds.RESTORED)
    assert "so that the next whole run lets it go on" in seen(senior)
    warehouse.is_silent = True
    compared()
    page = seen(senior)
    assert "Nothing is ordered." in page
    assert "1 such finding" in page
    assert f'href="{PAGE}"' in main_of(senior.get("/desk/remedies/"))
    warehouse.is_silent = False
    compared()
    assert "Nothing is ordered." not in seen(senior)
    holds.hold(holds.JOURNAL_LOST)
    page = seen(senior)
    assert "no run lifts it" in page
    assert "remedies go-on" in page


def test_of_many_the_first_are_shown_and_the_others_page_by_page(
    senior: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    Finding.objects.bulk_create(
        Finding(provider="dispatch", kind=Differs.UNKNOWN, reference=f"ref-{number:03}")
        for number in range(70)
    )
    seen(senior)
    with django_assert_max_num_queries(12):
        page = seen(senior)
    assert "All 70 of these" in page
    assert ("ref-009" in page, "ref-010" in page) == (True, False)
    page = seen(senior, "?kind=unknown")
    assert ("ref-049" in page, "ref-050" in page) == (True, False)
    last = Finding.objects.get(reference="ref-049").pk
    page = seen(senior, f"?kind=unknown&after={last}")
    assert ("ref-050" in page, "ref-069" in page, "Further ones" in page) == (True, True, False)
    assert "None of this kind is open." in seen(senior, "?kind=missing")


def test_its_queries_do_not_grow_with_what_was_found(
    senior: Client, warehouse: Listing, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    filing = missing(warehouse)
    order = claim_of(filing).remedy.order
    said = Found(order.reference, Standing.ORDERED, amount=Decimal(1), currency="USD")
    warehouse.done[order.remedy_id] = replace(said)
    warehouse.done_at[order.remedy_id] = clock.now() + timedelta(days=1)
    compared()
    first = Finding.objects.order_by("pk").first()
    assert first is not None
    senior.post(f"{PAGE}{first.pk}/settle/", {"note": "known"})
    holds.hold(holds.RESTORED)
    seen(senior)
    with django_assert_max_num_queries(12):
        seen(senior)


def test_who_may_not_manage_remedies_sees_and_does_none_of_it(client: Client) -> None:
    sign_in(client, staff(Role.REVIEWER))
    assert client.get(PAGE).status_code == 403
    assert client.post(f"{PAGE}now/").status_code == 403
    assert client.post(f"{PAGE}1/settle/", {"note": "x"}).status_code == 403
