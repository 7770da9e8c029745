"""The desk's pages of claims, waves, reach and reports show what was taken over, as what it is."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from recalldesk.outreach.models import DirectNotice
from recalldesk.reports.sums.checking import check
from recalldesk.reports.sums.folding import fold
from tests.at_the_desk import sign_in
from tests.cast import SLUG, Desk
from tests.takeover.former import claim, claim_of, paid, taken, write


@pytest.fixture
def browser(client: Client, desk: Desk) -> Client:
    return sign_in(client, desk.cast.administrator)


def test_each_page_answers(desk: Desk, folder: Path, browser: Client) -> None:
    unknown = {"remedy state": "unknown"}
    rows = (
        *(paid(1), paid(2, **unknown), paid(3, **unknown | {"remedy reference": ""})),
        *(paid(4, **{"remedy provider": "A bank of theirs"}), claim(5, state="approved")),
    )
    write(folder, "claims", *rows)
    notice = {"contact": "owner1@home.example", "way": "email", "told on": "2025-02-20"}
    write(folder, "notices", notice)
    taken(desk, folder)
    for number in range(1, 6):
        filing = claim_of(number).filing
        page = browser.get(reverse("console:claim", args=[filing.reference, 1]))
        assert page.status_code == 200
        assert f"ERS-000{number}" in page.content.decode()
        assert "None came from Example Recall Suite." in page.content.decode()
        assert "they cannot take any" not in page.content.decode(), "nobody said so"
    wave = browser.get(reverse("console:wave", args=[SLUG, 1]))
    assert wave.status_code == 200
    assert "Told before the takeover" in wave.content.decode()
    notice_page = reverse("console:wave_notice", args=[SLUG, 1, DirectNotice.objects.get().pk])
    names = ("console:waves", "console:reach", "console:remedies", "console:reconciling")
    for address in (notice_page, *map(reverse, names)):
        assert browser.get(address).status_code == 200, address
    fold()
    assert not check().differences, "sums beside the rows are those of the rows"
