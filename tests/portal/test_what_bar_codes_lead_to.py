"""A GS1 Digital Link fills the check form in, answers nothing, and leaves no trace in a log."""

import io
import logging
from collections.abc import Iterator

import pytest
import structlog
from django.test import Client

from recalldesk.checks.models import CheckCount
from recalldesk.config import logs
from tests.cast import AFFECTED, SLUG, Desk, recall_text

UPC, OTHER = "012345678905", "4006381333931"
SKU = 'kind = "sku"\nvalue = "TW-K20"'
SERIAL = f"/01/{UPC}/21/{AFFECTED}"


@pytest.fixture
def known(kettles: Desk) -> Desk:
    """The kettle, with the number of its bar code."""
    kettles.published(recall_text().replace(SKU, f'kind = "upc"\nvalue = "{UPC}"'))
    return kettles


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """All that is written to the log, by whichever way."""
    file = io.StringIO()
    handler = logs.handler(file)
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.INFO)
    structlog.configure(
        processors=logs.PROCESSORS, logger_factory=structlog.WriteLoggerFactory(file=file)
    )
    yield file
    logging.getLogger().setLevel(logging.WARNING)
    logging.getLogger().removeHandler(handler)
    structlog.reset_defaults()


def test_it_fills_the_form_of_its_product_in(known: Desk, client: Client) -> None:
    for gtin in (UPC, f"0{UPC}", f"00{UPC}"):
        page = client.get(f"/01/{gtin}/21/{AFFECTED}")
        body = page.content.decode()
        assert page.status_code == 200
        assert f'value="{AFFECTED}"' in body
        assert f'<input type="hidden" name="recall" value="{SLUG}">' in body
        assert "Compare it with the label" in body


def test_it_answers_nothing_and_counts_nothing(known: Desk, client: Client) -> None:
    counted = CheckCount.objects.count()
    body = client.get(SERIAL).content.decode()
    assert "Stop using it now" not in body
    assert 'action="/en/check"' in body
    assert CheckCount.objects.count() == counted


def test_what_it_filled_in_is_answered_when_it_is_sent(known: Desk, client: Client) -> None:
    sent = {"serial": AFFECTED, "recall": SLUG}
    answer = client.post("/en/check", sent, headers={"Origin": "http://testserver"})
    assert "Stop using it now" in answer.content.decode()


def test_the_number_alone_leads_to_the_form(known: Desk, client: Client) -> None:
    body = client.get(f"/01/{UPC}").content.decode()
    assert f'<input type="hidden" name="recall" value="{SLUG}">' in body
    assert "Compare it with the label" not in body


@pytest.mark.parametrize(
    ("gtin", "words"),
    [
        (OTHER, "We do not know the product number"),
        ("012345678906", "is not whole"),
        ("kettle", "is not whole"),
        ("0" * 400, "is not whole"),
    ],
)
def test_another_number_is_a_form_for_any_product_and_no_answer(
    known: Desk, client: Client, gtin: str, words: str
) -> None:
    page = client.get(f"/01/{gtin}/21/{AFFECTED}")
    body = page.content.decode()
    assert page.status_code == 200
    assert words in body
    assert "That says nothing about yours: check its serial number." in body
    assert f'value="{AFFECTED}"' in body


def test_it_is_kept_by_nobody_and_its_address_goes_nowhere(known: Desk, client: Client) -> None:
    for path in (SERIAL, f"/01/{OTHER}/21/{AFFECTED}", f"/01/{UPC}"):
        page = client.get(path)
        assert page["Cache-Control"] == "no-store"
        assert page["Referrer-Policy"] == "strict-origin"
        assert "ETag" not in page
        assert not page.cookies


def test_its_other_languages_lead_to_the_form_without_the_serial(
    known: Desk, client: Client
) -> None:
    body = client.get(SERIAL).content.decode()
    assert f'href="/es/recalls/{SLUG}/check"' in body
    assert body.count(AFFECTED) == 1


def test_a_browser_of_another_language_gets_the_form_in_it(known: Desk, client: Client) -> None:
    page = client.get(SERIAL, headers={"Accept-Language": "es"})
    assert '<html lang="es">' in page.content.decode()


def test_a_serial_with_marks_of_its_own_is_filled_in_and_escaped(
    known: Desk, client: Client
) -> None:
    body = client.get(f"/01/{UPC}/21/AB%2F12%22%3E%3Cb").content.decode()
    assert 'value="AB/12&quot;&gt;&lt;b"' in body


def test_no_log_says_a_word_of_it(
    known: Desk, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client(raise_request_exception=False)
    asked = [SERIAL, f"/01/{OTHER}/21/{AFFECTED}", f"{SERIAL}/more", f"/01/{UPC}/10/{AFFECTED}"]
    for path in asked:
        client.get(path)
        client.post(path)
        client.get(path, headers={"Host": "elsewhere.example"})
    monkeypatch.setattr(
        "recalldesk.portal.views.digital_links.known_recalls",
        lambda: (_ for _ in ()).throw(RuntimeError("something failed")),
    )
    assert client.get(SERIAL).status_code == 500
    written = log.getvalue()
    assert "something failed" in written
    assert AFFECTED not in written.upper()
    assert UPC not in written
