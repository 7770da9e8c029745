"""The banner and the check for shops, and the papers of one brand, as a draft would have them."""

import io

import pytest
from django.test import Client
from pypdf import PdfReader

from recalldesk.notices.previews import link_to
from recalldesk.recalls.models import RecallVersion
from tests.cast import Cast, Desk, recall_text


@pytest.fixture
def draft(kettles: Desk) -> RecallVersion:
    return kettles.apply()


def path_to(version: RecallVersion, cast: Cast, language: str = "en") -> str:
    made = dict(link_to(version=version, by=cast.approver).addresses)
    return "/" + made[language].partition("://")[2].partition("/")[2]


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        ("banner", "Do not use yours until you have checked it."),
        ("check", "Where the serial number stands"),
    ],
)
def test_each_is_shown_whole_and_marked_and_leads_nowhere(
    draft: RecallVersion, cast: Cast, client: Client, frame: str, words: str
) -> None:
    path = path_to(draft, cast)
    assert f'href="{path}{frame}"' in client.get(path).content.decode()
    answer = client.get(path + frame)
    body = answer.content.decode()
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert "Preview – not published." in body
    assert words in body
    for live in ("<form", "<button", f"/r/{draft.recall.slug}/"):
        assert live not in body


def test_a_form_that_is_sent_there_is_refused(
    draft: RecallVersion, cast: Cast, client: Client
) -> None:
    answer = client.post(path_to(draft, cast) + "check", {"serial": "TW24013337"})
    assert answer.status_code == 405


def test_the_papers_of_one_brand_are_told_apart(
    draft: RecallVersion, cast: Cast, client: Client
) -> None:
    path = path_to(draft, cast)
    brand = recall_text().partition('[[brands]]\nkey = "')[2].partition('"')[0]
    answer = client.get(f"{path}{brand}/poster-on-a4.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert f"-{brand}-v1-poster-a4-en.pdf" in answer["Content-Disposition"]
    assert "DRAFT" in PdfReader(io.BytesIO(answer.content)).pages[0].extract_text().upper()
    assert client.get(f"{path}nobody/poster-on-a4.pdf").status_code == 404
    assert "alone:" not in client.get(path).content.decode()
