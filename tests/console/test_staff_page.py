"""An administrator invites, changes and lets go on the desk's own page."""

import pytest
from django.test import Client
from django.urls import reverse

from recalldesk.accounts.invitations import invitation_at
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.mailing.models import Mailing
from tests.at_the_desk import factors_of, main_of, sign_in, staff, with_app

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder", "quick_passwords")]
STAFF = "/desk/staff/"


@pytest.fixture
def administrator(client: Client) -> Staff:
    person = staff(Role.ADMINISTRATOR, name="Ana Ruiz")
    sign_in(client, person)
    return person


@pytest.fixture
def reviewer() -> Staff:
    return with_app(staff(Role.REVIEWER))


def changed(client: Client, person: Staff, **asked: str) -> str:
    """What the page says of what was asked."""
    answer = client.post(reverse("console:staff_member", args=[person.pk]), asked)
    return main_of(client.get(answer["Location"]) if answer.status_code == 303 else answer)


def test_somebody_is_invited(client: Client, administrator: Staff) -> None:
    asked = {"email": "nia@staff.example", "name": "Nia New", "role": "auditor"}
    sent = client.post(reverse("console:staff_invite"), asked)
    page = main_of(client.get(sent["Location"]))
    assert "on its way to nia@staff.example" in page
    assert "Invited, and not here yet" in page
    row = invitation_at("nia@staff.example")
    assert row is not None
    assert (row.role, row.invited_by) == (Role.AUDITOR, administrator)
    assert Mailing.objects.count() == 1
    assert "does not open anything" in changed(client, row.person, do="revoke")
    assert invitation_at("nia@staff.example") is None


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"email": "nobody", "name": "N", "role": "viewer"}, "is no e-mail address"),
        ({"email": "", "name": "", "role": ""}, "This field is required."),
        ({"email": "a@b.example", "name": "N", "role": "emperor"}, "Select a valid choice"),
        ({"email": "administrator@staff.example", "name": "N", "role": "viewer"}, "already"),
    ],
)
@pytest.mark.usefixtures("administrator")
def test_what_is_no_invitation_is_said_beside_the_form(
    client: Client, asked: dict[str, str], said: str
) -> None:
    answer = client.post(reverse("console:staff_invite"), asked)
    assert answer.status_code == 422
    assert said in main_of(answer)
    assert not Mailing.objects.exists()


@pytest.mark.usefixtures("administrator")
def test_a_role_is_changed(client: Client, reviewer: Staff) -> None:
    assert "is senior reviewer now" in changed(client, reviewer, do="role", role="senior_reviewer")
    reviewer.refresh_from_db()
    assert reviewer.role == Role.SENIOR_REVIEWER


@pytest.mark.usefixtures("administrator")
def test_a_lost_factor_is_forgotten(client: Client, reviewer: Staff) -> None:
    assert "sets up a new second factor" in changed(client, reviewer, do="factor")
    assert factors_of(reviewer) == set()


@pytest.mark.usefixtures("administrator")
def test_somebody_leaves(client: Client, reviewer: Staff) -> None:
    assert "cannot sign in any more" in changed(client, reviewer, do="leave")
    reviewer.refresh_from_db()
    assert not reviewer.is_active


def test_what_is_refused_is_said_with_what_to_do(client: Client, administrator: Staff) -> None:
    said = changed(client, administrator, do="leave")
    assert "Ask another administrator." in said
    administrator.refresh_from_db()
    assert administrator.is_active


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize("asked", [{}, {"do": "x"}, {"do": "role", "role": "emperor"}])
def test_what_is_no_change_changes_nothing(
    client: Client, reviewer: Staff, asked: dict[str, str]
) -> None:
    address = reverse("console:staff_member", args=[reviewer.pk])
    assert client.post(address, asked).status_code == 404
    reviewer.refresh_from_db()
    assert (reviewer.role, reviewer.is_active) == (Role.REVIEWER, True)


@pytest.mark.usefixtures("administrator")
def test_a_page_of_everybody_costs_few_queries(
    client: Client, django_assert_max_num_queries: object
) -> None:
    for role in Role:
        staff(role, email=f"more-{role}@staff.example")
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert client.get(STAFF).status_code == 200
