"""Two people write at one recall: nobody overwrites what they have not seen, nothing is lost."""

from html import unescape

import pytest
from django.test import Client

from recalldesk.accounts.permissions import Role
from recalldesk.recalls.actions import apply_recall_file
from recalldesk.recalls.editing.sections import BY_NAME
from recalldesk.recalls.models import UnfinishedFile
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import SLUG, Cast, Desk, recall_text
from tests.console.recall_forms import (
    form_now,
    hidden_in,
    opened,
    save,
    section_url,
    send,
    text_of,
)
from tests.recalls.editing.files import EXAMPLES, tables
from tests.recalls.editing.forms import form_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder", "quick_passwords")]
ANKER = "anker-a1642-a1647-a1652"
FIRM = BY_NAME["firm"]
EDIT = f"/desk/recalls/{SLUG}/edit/"
FILE = f"{EDIT}file/"


@pytest.fixture
def mara(kettles: Desk) -> Client:
    kettles.apply()
    return sign_in(Client(), staff(Role.RECALL_MANAGER, name="Mara Manager"))


@pytest.fixture
def theo(mara: Client) -> Client:
    person = staff(Role.RECALL_MANAGER, name="Theo Other", email="theo@staff.example")
    return sign_in(Client(), person)


def test_what_both_changed_stands_beside_each_other(mara: Client, theo: Client) -> None:
    form, hidden = form_now(SLUG, FIRM), opened(mara, section_url(SLUG, FIRM))
    save(
        theo, SLUG, FIRM, {"f.firm.name": ["Theirs"], "f.firm.website": ["https://theirs.example"]}
    )
    mine = form | {"f.firm.name": ["Mine"], "f.firm.address": ["2 Mine Street"]}
    both = send(mara, section_url(SLUG, FIRM), mine, **hidden, do="save")
    page = unescape(main_of(both))
    assert both.status_code == 409
    assert 'name="f.firm.name" type="text" value="Mine"' in page
    assert "Theirs</p>" in page
    assert 'name="theirs:f.firm.name"' in page
    assert "2 Mine Street" in page
    assert 'value="https://theirs.example"' in page
    assert "Somebody else changed this meanwhile" in page
    assert tables(text_of(SLUG))["firm"]["name"] == "Theirs"

    again = mine | {"f.firm.website": ["https://theirs.example"]}
    saved = send(mara, section_url(SLUG, FIRM), again, **hidden_in(both.content.decode()))
    assert saved.status_code == 303
    firm = tables(text_of(SLUG))["firm"]
    assert (firm["name"], firm["address"]) == ("Mine", "2 Mine Street")
    assert firm["website"] == "https://theirs.example"


def test_theirs_can_be_taken(mara: Client, theo: Client) -> None:
    form, hidden = form_now(SLUG, FIRM), opened(mara, section_url(SLUG, FIRM))
    save(theo, SLUG, FIRM, {"f.firm.name": ["Theirs"]})
    mine = form | {"f.firm.name": ["Mine"]}
    both = send(mara, section_url(SLUG, FIRM), mine, **hidden)
    given_up = mine | {"theirs:f.firm.name": ["1"]}
    send(mara, section_url(SLUG, FIRM), given_up, **hidden_in(both.content.decode()))
    assert tables(text_of(SLUG))["firm"]["name"] == "Theirs"


def test_what_was_typed_into_an_entry_that_moved_is_shown(mara: Client, theo: Client) -> None:
    sale = BY_NAME["sale"]
    form, hidden = form_now(SLUG, sale), opened(mara, section_url(SLUG, sale))
    save(theo, SLUG, sale, do="remove companies.0")
    mine = form | {
        "f.companies.0.name": ["What I wrote of the first"],
        "f.companies.1.name": ["What I wrote of the second"],
    }
    both = send(mara, section_url(SLUG, sale), mine, **hidden)
    page = unescape(main_of(both))
    assert both.status_code == 409
    assert "What I wrote of the first" in page
    assert "What I wrote of the second" in page
    assert 'value="Tidewater Kitchen, Inc."' in page


@pytest.mark.parametrize("presses", [("up products.1",), ("remove products.0", "add products")])
def test_what_was_typed_into_a_product_never_lands_in_another(
    mara: Client, theo: Client, cast: Cast, presses: tuple[str, ...]
) -> None:
    apply_recall_file(text=EXAMPLES[ANKER], by=cast.author)
    serials, products = BY_NAME["serials"], BY_NAME["products"]
    form, hidden = form_now(ANKER, serials), opened(mara, section_url(ANKER, serials))
    before = {each["key"]: each for each in tables(text_of(ANKER))["products"]}
    for press in presses:
        assert save(theo, ANKER, products, do=press).status_code == 303
    there = text_of(ANKER)
    mine = form | {"f.products.0.serial.longest": ["31"]}
    both = send(mara, section_url(ANKER, serials), mine, **hidden)
    page = unescape(main_of(both))
    assert both.status_code == 409
    assert "What you had typed into them" in page
    assert ">31</dd>" in page
    assert 'value="31"' not in page
    again = form_of(serials, tables(there))
    send(mara, section_url(ANKER, serials), again, **hidden_in(both.content.decode()))
    for each in tables(text_of(ANKER))["products"]:
        assert each.get("serial") == before.get(each.get("key"), {}).get("serial")


def test_what_was_typed_into_a_brand_never_lands_in_another(mara: Client, theo: Client) -> None:
    contact = BY_NAME["contact"]
    save(mara, SLUG, FIRM, do="add brands")
    form, hidden = form_now(SLUG, contact), opened(mara, section_url(SLUG, contact))
    save(theo, SLUG, FIRM, do="up brands.1")
    mine = form | {"f.brands.0.email": ["mine@one.example"]}
    both = send(mara, section_url(SLUG, contact), mine, **hidden)
    page = unescape(main_of(both))
    assert both.status_code == 409
    assert "mine@one.example</dd>" in page
    assert 'value="mine@one.example"' not in page


def test_a_name_in_texts_never_lands_at_another_figure(mara: Client, theo: Client) -> None:
    danger = BY_NAME["danger"]
    form, hidden = form_now(SLUG, danger), opened(mara, section_url(SLUG, danger))
    names = list(tables(text_of(SLUG))["figures"])
    save(theo, SLUG, danger, do="remove figures.0")
    both = send(mara, section_url(SLUG, danger), form, **hidden)
    assert both.status_code == 409
    assert f'name="f.figures.0.@name" type="text" value="{names[1]}"' in main_of(both)


def test_an_order_that_the_other_chose_stays_theirs(mara: Client, theo: Client) -> None:
    recall = BY_NAME["recall"]
    form, hidden = form_now(SLUG, recall), opened(mara, section_url(SLUG, recall))
    before = tables(text_of(SLUG))["languages"]
    swapped = {f"f.languages.@{place}": [each] for place, each in enumerate(reversed(before))}
    assert len(before) > 1
    save(theo, SLUG, recall, swapped)
    both = send(mara, section_url(SLUG, recall), form | {"f.recall_number": ["26-777"]}, **hidden)
    assert both.status_code == 409
    assert "Somebody else changed this meanwhile" in unescape(main_of(both))
    again = form_now(SLUG, recall) | {"f.recall_number": ["26-777"]}
    assert f'<option value="{before[-1]}" selected' in main_of(both)
    send(mara, section_url(SLUG, recall), again, **hidden_in(both.content.decode()))
    assert tables(text_of(SLUG))["languages"] == before[::-1]


def test_a_change_of_another_section_is_said_and_no_more(mara: Client, theo: Client) -> None:
    form, hidden = form_now(SLUG, FIRM), opened(mara, section_url(SLUG, FIRM))
    save(theo, SLUG, BY_NAME["countries"], {"f.jurisdictions.0.units": ["6"]})
    both = send(mara, section_url(SLUG, FIRM), form | {"f.firm.name": ["Mine"]}, **hidden)
    assert both.status_code == 409
    assert "You both changed this" not in main_of(both)
    again = form | {"f.firm.name": ["Mine"]}
    send(mara, section_url(SLUG, FIRM), again, **hidden_in(both.content.decode()))
    now = tables(text_of(SLUG))
    assert (now["firm"]["name"], now["jurisdictions"][0]["units"]) == ("Mine", 6)


def test_a_text_that_somebody_changed_meanwhile_is_shown_beside_yours(
    mara: Client, theo: Client
) -> None:
    hidden = opened(mara, FILE)
    save(theo, SLUG, FIRM, {"f.firm.name": ["Theirs"]})
    both = send(mara, FILE, {"text": [recall_text(units=7)]}, **hidden)
    page = unescape(main_of(both))
    assert both.status_code == 409
    assert "units = 7" in page
    assert 'name = "Theirs"' in page


def test_a_file_that_was_applied_meanwhile_is_chosen_between(mara: Client, cast: Cast) -> None:
    save(mara, SLUG, FIRM, {"f.firm.name": [""]})
    apply_recall_file(text=recall_text(units=8), by=cast.author)
    page = unescape(main_of(mara.get(EDIT)))
    assert "Another file was applied meanwhile" in page
    assert "jurisdictions[US].units" in page
    assert save(mara, SLUG, FIRM, {"f.firm.name": ["Mine"]}).status_code == 409
    goes_on = mara.post(EDIT, {**hidden_in(page), "do": "go-on"})
    assert goes_on.status_code == 303
    assert save(mara, SLUG, FIRM, {"f.firm.name": ["Mine"]}).status_code == 303
    assert tables(text_of(SLUG))["jurisdictions"][0]["units"] == 5
    assert not UnfinishedFile.objects.exists()


def test_nobody_drops_what_they_have_not_seen(mara: Client, theo: Client) -> None:
    save(mara, SLUG, FIRM, {"f.firm.name": [""]})
    hidden = opened(mara, EDIT)
    save(theo, SLUG, FIRM, {"f.firm.address": [""]})
    assert mara.post(EDIT, {**hidden, "do": "drop"}).status_code == 409
    assert UnfinishedFile.objects.count() == 1
