"""The desk puts another e-mail address in the place of one that reached nobody."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from recalldesk.accounts.permissions import Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.access import issue_pass, new_link, pass_for
from recalldesk.claims.models import Contact, Filing
from recalldesk.claims.states import Channel, ClaimState
from recalldesk.foundation import clock
from recalldesk.remedies.models import Order
from recalldesk.remedies.placing.due import place_due
from recalldesk.remedies.placing.standing import take_standing
from recalldesk.remedies.providers.interface import Found, Standing
from recalldesk.remedies.providers.registry import replaced
from recalldesk.sealing.fields_of_rows import opened
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import Desk
from tests.claims.conftest import photos_folder
from tests.claims.owner import letters_of, state_of, text_with_all_remedies, why_of
from tests.claims.remedying.test_an_approved_claim_gets_its_remedy import LATER, order_of, ordered
from tests.remedies.scripted import ScriptedProvider
from tests.worked import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]
__all__ = ["photos_folder"]  # a store for photos, for every test
NEW = "olga.new@other.example"


@pytest.fixture
def published(kettles: Desk) -> None:
    """A recall with every kind of remedy."""
    kettles.published(text_with_all_remedies())


@pytest.fixture
def senior(client: Client) -> Client:
    """A senior reviewer, signed in."""
    return sign_in(client, staff(Role.SENIOR_REVIEWER))


@pytest.fixture
def service() -> Iterator[ScriptedProvider]:
    """Whoever mails what was ordered."""
    provider = ScriptedProvider(name="dispatch")
    with replaced(provider):
        yield provider


@pytest.fixture
def bounced(service: ScriptedProvider) -> Filing:
    """A claim whose remedy reached nobody."""
    filing = ordered()
    with time_machine.travel(clock.now() + LATER, tick=False):
        place_due()
    take_standing(order_of(filing), Found("r1", Standing.BOUNCED))
    service.done[order_of(filing).remedy_id] = Found("r1", Standing.BOUNCED)
    run_jobs(tasks=["claims.remedy_news"])
    assert state_of(filing) == ClaimState.NEEDS_OWNER
    return filing


def page_of(filing: Filing) -> str:
    return f"/desk/claims/{filing.reference}/1/email/"


def sent(client: Client, filing: Filing, **changed: str) -> str:
    values = {
        "nonce": "form-1",
        "channel": "phone",
        "email": NEW,
        "note": "named street and serial",
    }
    answer = client.post(page_of(filing), values | changed, follow=True)
    return answer.content.decode()


def email_of(filing: Filing) -> str:
    return opened(Filing.objects.get(pk=filing.pk), "sealed_email")


def test_the_page_shows_the_old_address_masked_and_is_led_to_from_claim_and_list(
    senior: Client, bounced: Filing, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    old = email_of(bounced)
    with django_assert_max_num_queries(12):
        page = main_of(senior.get(page_of(bounced)))
    assert old not in page
    assert f"{old[0]}•••@" in page
    assert "1 remedy" in page
    claim = senior.get(f"/desk/claims/{bounced.reference}/1/").content.decode()
    assert f'href="{page_of(bounced)}' in claim
    assert f'href="{page_of(bounced)}"' in senior.get("/desk/remedies/").content.decode()


def test_changed_by_phone_it_is_sent_again_and_both_addresses_get_mail(
    senior: Client, bounced: Filing, service: ScriptedProvider
) -> None:
    old = email_of(bounced)
    letters = len(letters_of(bounced))
    page = sent(senior, bounced, again="1")
    assert "the owner has mail at both" in page
    assert "sent again, to the new address" in page
    assert email_of(bounced) == NEW
    to_old, to_new = letters_of(bounced)[letters:]
    assert (to_old[1], to_new[1]) == (old, NEW)
    assert "changed at our desk" in to_old[3]
    assert "/link/" not in to_old[3]
    assert NEW not in to_old[3]
    assert "you told us this one" in " ".join(to_new[3].split())
    order = order_of(bounced)
    assert order.stopped == ""
    assert NEW in opened(order, "sealed_recipient")
    run_jobs(tasks=["claims.remedy_news"])
    assert state_of(bounced) == ClaimState.REMEDY_SENT
    assert Order.objects.count() == 1


def test_the_contact_is_noted_and_the_log_holds_both_addresses_masked(
    senior: Client, bounced: Filing
) -> None:
    sent(senior, bounced, channel="letter")
    contact = Contact.objects.get()
    assert (contact.filing_id, contact.channel) == (bounced.pk, Channel.LETTER)
    row = StateChange.objects.get(
        subject=Subject.FILING, reason=Reason.DETAILS_MENDED, subject_id=bounced.pk
    )
    why = why_of(row)
    assert row.actor_id == contact.by_id
    assert "•••@" in why
    assert "o•••@other.example: named street and serial" in why
    assert NEW not in why


def test_what_went_to_the_old_address_opens_nothing_any_more(
    senior: Client, bounced: Filing
) -> None:
    new_link(filing=bounced)
    token = issue_pass(filing=bounced)
    assert pass_for(key=bounced.key, token=token) is not None
    sent(senior, bounced)
    assert pass_for(key=bounced.key, token=token) is None
    assert bounced.links.filter(expires_at__gt=clock.now()).count() == 1


def test_the_same_form_sent_twice_is_one_change(senior: Client, bounced: Filing) -> None:
    for _ in range(2):
        sent(senior, bounced)
    assert Contact.objects.count() == 1
    assert StateChange.objects.filter(reason=Reason.DETAILS_MENDED).count() == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"note": "  "}, "Say how you know the owner."),
        ({"email": "no address"}, "This is no e-mail address."),
        ({"nonce": ""}, "The form has lost its name."),
    ],
)
def test_what_does_not_fit_changes_nothing_and_what_was_typed_stays(
    senior: Client, bounced: Filing, changed: dict[str, str], said: str
) -> None:
    old, letters = email_of(bounced), len(letters_of(bounced))
    page = sent(senior, bounced, **changed)
    assert said in page
    assert f'value="{changed.get("email", NEW)}"' in page
    assert email_of(bounced) == old
    assert len(letters_of(bounced)) == letters
    assert not Contact.objects.exists()


def test_the_address_that_is_there_is_no_other_one(senior: Client, bounced: Filing) -> None:
    page = sent(senior, bounced, email=email_of(bounced).upper())
    assert "This is the address that we have." in page


def test_where_everything_arrived_the_desk_changes_nothing(senior: Client) -> None:
    filing = ordered()
    old = email_of(filing)
    assert "the desk changes nothing" in main_of(senior.get(page_of(filing)))
    assert "What was written to this owner arrived." in sent(senior, filing)
    assert email_of(filing) == old
    assert "/email/" not in senior.get(f"/desk/claims/{filing.reference}/1/").content.decode()


def test_where_a_letter_came_back_the_address_is_changed_without_a_remedy(senior: Client) -> None:
    filing = ordered()
    Filing.objects.filter(pk=filing.pk).update(unreached_since=clock.now())
    page = sent(senior, filing, again="1")
    assert "the owner has mail at both" in page
    assert "sent again" not in page
    assert Filing.objects.get(pk=filing.pk).unreached_since is None


def test_where_the_provider_does_not_send_it_the_address_is_changed_all_the_same(
    senior: Client, bounced: Filing, service: ScriptedProvider
) -> None:
    service.done.clear()
    page = sent(senior, bounced, again="1")
    assert "the owner has mail at both" in page
    assert "not sent again yet" in page
    assert email_of(bounced) == NEW
    assert state_of(bounced) == ClaimState.NEEDS_OWNER


def test_who_may_not_manage_remedies_changes_no_address(client: Client, bounced: Filing) -> None:
    sign_in(client, staff(Role.REVIEWER))
    assert client.get(page_of(bounced)).status_code == 403
    assert client.post(page_of(bounced), {"email": NEW}).status_code == 403
    claim = client.get(f"/desk/claims/{bounced.reference}/1/").content.decode()
    assert "/email/" not in claim
