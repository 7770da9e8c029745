"""From the approval on: ordered when its time comes, followed, told, mended where it came back."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from recalldesk.accounts.permissions import Role
from recalldesk.claims.following import confirm_disposal
from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.remedying import ordering
from recalldesk.claims.remedying.mended import order_again
from recalldesk.claims.remedying.news import take_news
from recalldesk.claims.remedying.ordering import order_due
from recalldesk.claims.states import ClaimState
from recalldesk.foundation import clock
from recalldesk.remedies.adopting import adopt
from recalldesk.remedies.models import DayBudget, Order, Remedy
from recalldesk.remedies.placing import dead_letters, holds
from recalldesk.remedies.placing.due import place_due
from recalldesk.remedies.placing.news import News
from recalldesk.remedies.placing.standing import take_standing
from recalldesk.remedies.providers.interface import Found, Refused, Standing, Tracking
from recalldesk.remedies.providers.registry import replaced
from recalldesk.remedies.states import RemedyState, Stopped
from tests.at_the_desk import sign_in, staff
from tests.cast import SERIALS, Desk
from tests.claims.deciding.filed import owner, sent
from tests.claims.owner import (
    CARD,
    KETTLE,
    claim_of,
    letters_of,
    state_of,
    text_with_all_remedies,
)
from tests.remedies.scripted import ScriptedProvider
from tests.worked import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
LATER = timedelta(days=8)


@pytest.fixture
def warehouse() -> Iterator[ScriptedProvider]:
    """Whoever sends kettles."""
    provider = ScriptedProvider(name="dispatch")
    with replaced(provider):
        yield provider


def ordered(remedy: str = KETTLE) -> Filing:
    """A claim that the rule approved, its order begun eight days later."""
    filing = sent(owner(1), SERIALS[0], remedy=remedy)
    assert state_of(filing) == ClaimState.APPROVED
    with time_machine.travel(clock.now() + LATER, tick=False):
        assert order_due() == 1
    return filing


def order_of(filing: Filing) -> Order:
    return Order.objects.get(remedy=claim_of(filing).remedy)


def comes_to(filing: Filing, standing: Standing, **more: object) -> None:
    """What its provider says of it."""
    take_standing(order_of(filing), Found("r1", standing, **more))  # type: ignore[arg-type]
    run_jobs(tasks=["claims.remedy_news"])


def last_letter(filing: Filing) -> str:
    return str(letters_of(filing)[-1][-1])


def test_nothing_is_ordered_before_its_time() -> None:
    filing = sent(owner(1), SERIALS[0], remedy=CARD)
    assert order_due() == 0
    assert state_of(filing) == ClaimState.APPROVED


def test_it_is_ordered_sent_and_delivered_and_its_owner_hears_of_each_once(
    warehouse: ScriptedProvider,
) -> None:
    filing = ordered()
    assert state_of(filing) == ClaimState.REMEDY_ORDERED
    with time_machine.travel(clock.now() + LATER, tick=False):
        assert place_due() == 1
    run_jobs(tasks=["claims.remedy_news"])
    assert "is ordered" in last_letter(filing)
    assert [wanted.recipient.name for wanted in warehouse.asked] == ["Given1 Family1"]
    assert warehouse.asked[0].recipient.address_lines
    comes_to(filing, Standing.SENT, tracking=Tracking("Carrier", "T123", "https://track.example"))
    assert state_of(filing) == ClaimState.REMEDY_SENT
    assert "on its way" in last_letter(filing)
    assert "T123" not in last_letter(filing)
    before = len(letters_of(filing))
    comes_to(filing, Standing.SENT)
    assert len(letters_of(filing)) == before
    comes_to(filing, Standing.DELIVERED)
    assert state_of(filing) == ClaimState.SETTLED
    assert "has arrived" in last_letter(filing)


def test_an_order_that_is_begun_can_be_withdrawn_no_more(warehouse: ScriptedProvider) -> None:
    from recalldesk.claims.errors import NotPossibleNow
    from recalldesk.claims.following import withdraw_filing

    filing = ordered()
    with pytest.raises(NotPossibleNow):
        withdraw_filing(filing_id=filing.pk)
    assert claim_of(filing).remedy.state == RemedyState.ORDERING


def test_a_parcel_that_came_back_goes_out_again_once_its_owner_mended_the_address(
    warehouse: ScriptedProvider,
) -> None:
    filing = ordered()
    comes_to(filing, Standing.SENT)
    comes_to(filing, Standing.RETURNED)
    assert state_of(filing) == ClaimState.NEEDS_OWNER
    assert "came back" in last_letter(filing)
    first = claim_of(filing).remedy
    Filing.objects.filter(pk=filing.pk).update(remedy_key=CARD)  # of its other units, say
    assert order_again(Filing.objects.get(pk=filing.pk)) == 1
    assert order_again(Filing.objects.get(pk=filing.pk)) == 0
    claim = claim_of(filing)
    assert (claim.state, claim.remedy.turn) == (ClaimState.APPROVED, 2)
    assert claim.remedy.key == first.key
    assert Remedy.objects.get(pk=first.pk).state == RemedyState.RETURNED
    assert order_due() == 1


def test_a_card_that_bounced_and_reaches_its_owner_after_all_settles_the_claim(
    warehouse: ScriptedProvider,
) -> None:
    filing = ordered()
    comes_to(filing, Standing.SENT)
    comes_to(filing, Standing.BOUNCED)
    assert state_of(filing) == ClaimState.NEEDS_OWNER
    comes_to(filing, Standing.DELIVERED)
    assert state_of(filing) == ClaimState.SETTLED


def test_what_is_sent_again_after_it_bounced_is_on_its_way_again(
    warehouse: ScriptedProvider, desk: Desk
) -> None:
    filing = ordered()
    comes_to(filing, Standing.SENT)
    comes_to(filing, Standing.BOUNCED)
    order = order_of(filing)
    warehouse.done[order.remedy_id] = Found("r1", Standing.BOUNCED)
    assert dead_letters.send_again(order_id=order.pk, by=desk.cast.author, note="He called.")
    run_jobs(tasks=["claims.remedy_news"])
    assert state_of(filing) == ClaimState.REMEDY_SENT
    assert "We have sent your remedy again" in last_letter(filing)
    assert order_of(filing).stopped == Stopped.NONE


@pytest.mark.parametrize(
    ("came_to", "newer"), [(Standing.BOUNCED, News.BOUNCED), (Standing.RETURNED, News.RETURNED)]
)
def test_older_news_that_comes_after_newer_changes_nothing(
    warehouse: ScriptedProvider, came_to: Standing, newer: News
) -> None:
    filing = ordered()
    for standing in (Standing.SENT, came_to):
        take_standing(order_of(filing), Found("r1", standing))
    remedy = order_of(filing).remedy_id
    assert take_news(remedy_id=remedy, news=newer)
    before = len(letters_of(filing))
    for older in (News.SENT, News.DELIVERED, News.ORDERED):
        assert not take_news(remedy_id=remedy, news=older)
    assert state_of(filing) == ClaimState.NEEDS_OWNER
    assert len(letters_of(filing)) == before


@pytest.mark.parametrize(
    ("stands", "comes_to_stage"),
    [
        (Standing.ORDERED, ClaimState.REMEDY_ORDERED),
        (Standing.SENT, ClaimState.REMEDY_SENT),
        (Standing.DELIVERED, ClaimState.SETTLED),
        (Standing.BOUNCED, ClaimState.NEEDS_OWNER),
        (Standing.CANCELLED, ClaimState.APPROVED),
    ],
)
def test_what_a_restore_forgot_and_was_adopted_brings_its_claim_to_where_it_stands(
    stands: Standing, comes_to_stage: ClaimState
) -> None:
    filing = sent(owner(1), SERIALS[0], remedy=KETTLE)
    remedy = claim_of(filing).remedy
    assert remedy is not None
    adopt(remedy, "dispatch", Found("r1", stands))
    run_jobs(tasks=["claims.remedy_news"])
    assert state_of(filing) == comes_to_stage


def test_an_address_that_the_carrier_refuses_is_asked_for(warehouse: ScriptedProvider) -> None:
    warehouse.answers.append(Refused("E.ADDRESS.NOT_FOUND", Stopped.ADDRESS))
    filing = ordered()
    with time_machine.travel(clock.now() + LATER, tick=False):
        place_due()
    run_jobs(tasks=["claims.remedy_news"])
    assert state_of(filing) == ClaimState.NEEDS_OWNER
    assert "does not find your address" in last_letter(filing)


def test_what_the_provider_cancelled_is_approved_still_and_waits_for_a_person(
    warehouse: ScriptedProvider,
) -> None:
    filing = ordered()
    comes_to(filing, Standing.ORDERED)
    comes_to(filing, Standing.CANCELLED)
    assert state_of(filing) == ClaimState.APPROVED
    assert order_due() == 0


def test_nothing_is_begun_while_ordering_is_held(warehouse: ScriptedProvider) -> None:
    sent(owner(1), SERIALS[0], remedy=KETTLE)
    holds.hold("restored")
    with time_machine.travel(clock.now() + LATER, tick=False):
        assert order_due() == 0
        holds.lift()
        assert order_due() == 1


def test_a_title_that_names_a_number_is_filled_for_the_provider_and_at_the_desk(
    warehouse: ScriptedProvider, desk: Desk, client: Client
) -> None:
    text = text_with_all_remedies()
    text = text.replace('"A new kettle, free"', '"One of {units} kettles"')
    text = text.replace('"Un hervidor nuevo, gratis"', '"Uno de {units} hervidores"')
    desk.publish(desk.approve(desk.apply(text)))
    filing = ordered()
    assert order_of(filing).asked["title"] == "One of 1,200 kettles"
    comes_to(filing, Standing.CANCELLED)
    page = sign_in(client, staff(Role.RECALL_MANAGER)).get("/desk/remedies/").content.decode()
    assert "One of 1,200 kettles" in page
    assert "{units}" not in page


def test_over_the_days_budget_the_next_waits_and_the_desk_sees_it(
    warehouse: ScriptedProvider, desk: Desk
) -> None:
    for number in (1, 2):
        sent(owner(number), SERIALS[number], remedy=KETTLE)
    text = f"{text_with_all_remedies()}\n[budget]\nremedies_a_day = 1\n"
    desk.publish(desk.approve(desk.apply(text)))
    with time_machine.travel(clock.now() + LATER, tick=False):
        assert order_due() == 1
        assert DayBudget.objects.get().held_since is not None
        assert Claim.objects.filter(state=ClaimState.REMEDY_ORDERED).count() == 1
        assert order_due() == 0
    with time_machine.travel(clock.now() + LATER + timedelta(days=1), tick=False):
        assert order_due() == 1


def test_the_page_of_a_parcel_that_came_back_leads_to_the_address(
    warehouse: ScriptedProvider, client: Client
) -> None:
    from recalldesk.claims.reads import seen_by_owner
    from recalldesk.portal.claiming.standing import standing_on_page

    filing = ordered()
    comes_to(filing, Standing.SENT)
    comes_to(filing, Standing.RETURNED)
    foremost = standing_on_page(seen_by_owner(Filing.objects.get(pk=filing.pk))).foremost
    assert foremost.is_mended_here
    assert foremost.may_be_got_rid_of
    assert "came back" in str(foremost.words.headline)
    assert foremost.by is not None


def test_what_cannot_be_ordered_keeps_nothing_behind_it_waiting(
    warehouse: ScriptedProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2, 3):
        sent(owner(number), SERIALS[number], remedy=KETTLE)
    first = Claim.objects.order_by("pk").first()
    assert first is not None
    Filing.objects.filter(pk=first.filing_id).update(sealed_address=b"not sealed")
    monkeypatch.setattr(ordering, "PAGE", 1)
    with time_machine.travel(clock.now() + LATER, tick=False):
        assert order_due() == 2
    assert state_of(first.filing) == ClaimState.APPROVED


def test_a_unit_whose_remedy_came_back_may_be_got_rid_of_all_the_same(
    warehouse: ScriptedProvider,
) -> None:
    filing = ordered()
    comes_to(filing, Standing.SENT)
    comes_to(filing, Standing.RETURNED)
    assert state_of(filing) == ClaimState.NEEDS_OWNER
    confirm_disposal(filing_id=filing.pk, position=1)
    assert claim_of(filing).disposed_on is not None
