"""What staff send that is larger than others may send: a limit each, few at once, and a way on."""

from http import HTTPStatus

import pytest
from django.test import Client

from recalldesk.accounts.permissions import Role
from recalldesk.console.large_bodies import FILES, FORM, FORMS, MOST_FIELDS, Bodies
from tests.at_the_desk import sign_in, staff
from tests.cast import SLUG, Desk

pytestmark = pytest.mark.django_db
TAKEN_BY = {
    "files": (FILES, f"/desk/recalls/{SLUG}/pictures/"),
    "fields": (FORMS, f"/desk/recalls/{SLUG}/edit/firm/"),
}
each_kind = pytest.mark.parametrize(("bodies", "path"), TAKEN_BY.values(), ids=TAKEN_BY)


@pytest.fixture
def manager(kettles: Desk, client: Client) -> Client:
    """Who writes recalls, signed in."""
    kettles.apply()
    return sign_in(client, staff(Role.RECALL_MANAGER))


@each_kind
def test_one_that_is_too_large_is_told_how_large_it_may_be(
    manager: Client, bodies: Bodies, path: str
) -> None:
    told = manager.post(path, {}, headers={"Content-Length": str(bodies.most_bytes + 1)})
    assert told.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    page = told.content.decode()
    assert f"They have over {bodies.most_bytes // 1_000_000} MB together." in page
    assert f"The {bodies.what} were not taken" in page


@each_kind
def test_where_others_send_theirs_one_waits_and_nothing_is_lost(
    manager: Client, bodies: Bodies, path: str
) -> None:
    taken = 0
    while bodies.slots.take():
        taken += 1
    try:
        told = manager.post(path, {})
    finally:
        for _ in range(taken):
            bodies.slots.give_back()
    assert told.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert "Colleagues are sending theirs" in told.content.decode()
    assert manager.post(path, {}).status_code < HTTPStatus.INTERNAL_SERVER_ERROR


@pytest.mark.parametrize("path", [path for _, path in TAKEN_BY.values()], ids=TAKEN_BY)
def test_a_form_without_its_token_is_refused(manager: Client, path: str) -> None:
    manager.handler.enforce_csrf_checks = True
    assert manager.post(path, {}).status_code == HTTPStatus.FORBIDDEN


def test_a_form_of_too_many_fields_is_told_so(manager: Client) -> None:
    _, path = TAKEN_BY["fields"]
    body = "&".join(f"field{number}=x" for number in range(MOST_FIELDS + 1))
    told = manager.post(path, body, content_type=FORM)
    assert told.status_code == HTTPStatus.BAD_REQUEST
    assert "There are too many of them." in told.content.decode()
