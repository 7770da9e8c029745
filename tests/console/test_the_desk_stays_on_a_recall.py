"""A page of one recall whose address names none is of the recall looked at last."""

import pytest
from django.test import Client

from recalldesk.accounts.permissions import Role
from recalldesk.recalls.models import Recall
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import SLUG
from tests.claims.conftest import _desk_of_the_file, _english, desk, photos_folder
from tests.console.purchasers_rows import Rows, made_rows

__all__ = ["_desk_of_the_file", "_english", "desk", "photos_folder"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
OTHER = "toaster-t5"
OF_ONE = ("purchasers/", "purchasers/files/", "purchasers/questions/", "purchasers/figures/")


@pytest.fixture
def manager(client: Client) -> Client:
    """A recall manager, signed in, where there are two recalls."""
    Recall.objects.create(slug=OTHER)
    return sign_in(client, staff(Role.RECALL_MANAGER, email="max@staff.example"))


@pytest.fixture
def rows() -> Rows:
    return made_rows(Recall.objects.get(slug=SLUG), staff(Role.ADMINISTRATOR))


def chosen_in(client: Client, path: str) -> str:
    page = main_of(client.get(f"/desk/{path}"))
    return OTHER if f'value="{OTHER}" selected' in page else SLUG


@pytest.mark.parametrize("first", ["purchasers/figures/", "incidents/figures/"])
def test_it_stays_on_the_recall_that_a_page_named(manager: Client, rows: Rows, first: str) -> None:
    assert chosen_in(manager, "purchasers/") == SLUG, "of the file that came last"
    assert chosen_in(manager, f"{first}?recall={OTHER}") == OTHER
    for path in (*OF_ONE, "incidents/figures/"):
        assert chosen_in(manager, path) == OTHER, path
    assert chosen_in(manager, "purchasers/files/new/") == OTHER


def test_a_row_of_a_recall_leads_back_to_it(manager: Client, rows: Rows) -> None:
    manager.get(f"/desk/purchasers/?recall={OTHER}")
    manager.get(f"/desk/purchasers/files/{rows.files[0].pk}/")
    assert chosen_in(manager, "purchasers/questions/") == SLUG
    manager.get(f"/desk/recalls/{OTHER}/")
    assert chosen_in(manager, "purchasers/questions/") == OTHER


def test_what_lists_all_recalls_is_narrowed_by_nothing(manager: Client, rows: Rows) -> None:
    manager.get(f"/desk/purchasers/?recall={OTHER}")
    for path in ("claims/", "incidents/", "figures/", "contacts/"):
        assert f'value="{OTHER}" selected' not in main_of(manager.get(f"/desk/{path}")), path


def test_a_name_that_no_recall_has_is_not_stayed_on(manager: Client, rows: Rows) -> None:
    manager.get(f"/desk/purchasers/?recall={OTHER}")
    assert f"this is {OTHER}" in main_of(manager.get("/desk/purchasers/?recall=none-such"))
    assert chosen_in(manager, "purchasers/") == OTHER
