"""What shops copy, what they are asked to do, and how their checks count."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client

from recalldesk.checks import counts
from recalldesk.checks.models import CheckCount
from recalldesk.checks.reads import said_in_frames
from recalldesk.recalls.recall_file import RecallFileProblems, read_recall_file
from tests.cast import AFFECTED, FAR, SLUG, Command, Desk, recall_text

SHOPS = f"/en/recalls/{SLUG}/shops"
FRAME = f"/en/embed/{SLUG}/check"
CORNER = """
[[companies]]
name = "Corner Store"
role = "retailer"
key = "corner-store"
"""


def with_a_shop(more: str = CORNER) -> str:
    text = recall_text()
    assert text.count("\n[texts]\n") == 1
    return text.replace("\n[texts]\n", f"{more}\n[texts]\n")


@pytest.fixture
def sold_in_a_shop(kettles: Desk) -> Iterator[Desk]:
    counts.forget()
    kettles.published(with_a_shop())
    yield kettles
    counts.forget()


def checks(serial: str, shop: str | None) -> HttpResponse:
    query = "" if shop is None else f"?shop={shop}"
    answer: HttpResponse = Client().post(
        FRAME + query, {"serial": serial}, headers={"Origin": "http://testserver"}
    )
    return answer


def test_checks_count_by_the_shop_on_whose_page_they_were_asked(sold_in_a_shop: Desk) -> None:
    for serial, shop in (
        (AFFECTED, "corner-store"),
        (AFFECTED, "corner-store"),
        (FAR, "corner-store"),
        (FAR, "made-up-name"),
        (FAR, None),
    ):
        assert checks(serial, shop).status_code == 200
    assert counts.write_now()
    assert said_in_frames(sold_in_a_shop.recall()) == {
        "corner-store": {"affected": 2, "not_affected": 1},
        "other": {"not_affected": 2},
    }
    assert set(CheckCount.objects.values_list("source", flat=True)) == {"frame"}


def test_nobody_fills_the_table_with_made_up_names(sold_in_a_shop: Desk) -> None:
    for number in range(20):
        checks(FAR, f"name-{number}")
    assert counts.write_now()
    assert set(CheckCount.objects.values_list("shop", flat=True)) == {"other"}


@pytest.mark.usefixtures("sold_in_a_shop")
def test_showing_a_banner_or_a_form_counts_nothing() -> None:
    for path in (FRAME, f"/en/embed/{SLUG}/banner", SHOPS):
        assert Client().get(f"{path}?shop=corner-store").status_code == 200
    assert counts.write_now()
    assert not CheckCount.objects.exists()


@pytest.mark.usefixtures("sold_in_a_shop")
def test_the_shop_stays_through_a_second_look() -> None:
    body = checks(AFFECTED[:-1] + "8", "corner-store").content.decode()
    assert 'action="/en/embed/kettle-k20/check?shop=corner-store"' in body


def test_recall_show_prints_them(sold_in_a_shop: Desk, command: Command) -> None:
    checks(AFFECTED, "corner-store")
    assert counts.write_now()
    shown = command("recall", "show", SLUG)
    assert "frame 1" in shown.out
    assert re.search(r"corner-store\W+affected 1", shown.out)


@pytest.mark.parametrize(
    ("companies", "wrong"),
    [
        (CORNER + CORNER, "'corner-store' is the key of two companies"),
        (CORNER.replace("corner-store", "other"), "'other' is the name of all shops without a key"),
    ],
)
def test_a_key_is_one_shops_own(companies: str, wrong: str) -> None:
    with pytest.raises(RecallFileProblems) as caught:
        read_recall_file(with_a_shop(companies))
    (problem,) = caught.value.problems
    assert (problem.message, problem.field.rpartition(".")[2]) == (wrong, "key")


@pytest.mark.usefixtures("sold_in_a_shop")
def test_the_page_for_shops_says_what_the_law_asks() -> None:
    body = Client().get(SHOPS).content.decode()
    for words in ("Stop selling", "2068(a)(2)(B)", "poster-a4.pdf", "press-release.pdf"):
        assert words in body
    assert "tell us how many you have" not in body, "that stands in the letter alone"


@pytest.mark.usefixtures("sold_in_a_shop")
def test_what_is_copied_leads_to_the_frames_and_names_the_shop() -> None:
    body = Client().get(f"{SHOPS}?shop=corner-store").content.decode()
    copied = [unescape(text) for text in re.findall(r"<code[^>]*>(.*?)</code>", body, re.S)]
    assert len(copied) == 2
    for html, name in zip(copied, ("banner", "check"), strict=True):
        (address,) = re.findall(r'src="([^"]+)"', html)
        path = address.removeprefix("http://127.0.0.1:8000")
        assert path == f"/en/embed/{SLUG}/{name}?shop=corner-store"
        assert Client().get(path).status_code == 200
        assert re.search(r'title="[^"]+"', html)
        assert 'loading="lazy" referrerpolicy="no-referrer"' in html
        assert "allow-top-navigation" not in html


@pytest.mark.usefixtures("sold_in_a_shop")
def test_a_shop_without_a_name_gets_a_frame_all_the_same() -> None:
    body = Client().get(f"{SHOPS}?shop=made-up").content.decode()
    assert "made-up" not in body
    assert f"/en/embed/{SLUG}/check&quot;" in unescape(body).replace('"', "&quot;")


@pytest.mark.usefixtures("sold_in_a_shop")
def test_the_notice_leads_to_it() -> None:
    assert f'href="{SHOPS}"' in Client().get(f"/en/recalls/{SLUG}/").content.decode()


@pytest.mark.usefixtures("sold_in_a_shop")
def test_the_command_prints_the_same_html(command: Command) -> None:
    ran = command("notice", "show", SLUG, "--as", "embed", "--shop", "corner-store")
    body = Client().get(f"{SHOPS}?shop=corner-store").content.decode()
    copied = [unescape(text) for text in re.findall(r"<code[^>]*>(.*?)</code>", body, re.S)]
    assert all(html in ran.out for html in copied)


@pytest.mark.usefixtures("sold_in_a_shop")
def test_the_command_refuses_a_shop_that_the_file_does_not_name(command: Command) -> None:
    ran = command("notice", "show", SLUG, "--as", "embed", "--shop", "elsewhere")
    assert ran.code == 1
    assert "Its shops are corner-store." in ran.err
