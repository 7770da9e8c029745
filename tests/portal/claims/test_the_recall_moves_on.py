"""A new version, or the end of the recall, in the middle of a claim asks nothing anew."""

import pytest
from django.test import Client

from recalldesk.claims.models import Agreement, Filing
from recalldesk.claims.states import FilingState, StatementKind
from recalldesk.recalls.actions import close_recall
from tests.cast import AFFECTED, SLUG, Desk, recall_text
from tests.portal.claims.conftest import ADDRESS, NAMED, ORIGIN, photo_file, words_of

AGREED = {f"agree-{kind}": "1" for kind in ("disposal", "truth", "adult")}


class Kettle:
    """An owner of the kettle of `tests/cast.py`."""

    def __init__(self) -> None:
        self.client = Client()

    def begins(self) -> None:
        fields = {"serial": AFFECTED, "go_on": "1"}
        page = self.client.post(f"/en/recalls/{SLUG}/claim", fields, headers=ORIGIN)
        self.claim = page["Location"].rpartition("/")[0]

    def gives(self, step: str, **fields: object) -> str:
        page = self.client.post(f"{self.claim}/{step}", fields, headers=ORIGIN)
        return page["Location"] if page.status_code == 303 else words_of(page)

    def goes_on_to_the_end(self) -> str:
        self.gives("photos", **{"label-1": photo_file(1), "marking-1": photo_file(2), "next": "1"})
        self.gives("you", **NAMED)
        remedies = self.client.get(f"{self.claim}/remedy").content.decode()
        key = remedies.partition('name="remedy" value="')[2].partition('"')[0]
        if self.gives("remedy", remedy=key).endswith("details"):
            self.gives("details", payee_kind="check", **ADDRESS)
        return self.gives("send", **AGREED)


@pytest.fixture
def owner(published_recall: object) -> Kettle:
    kettle = Kettle()
    kettle.begins()
    return kettle


def test_a_new_version_midway_asks_nothing_anew(owner: Kettle, kettles: Desk) -> None:
    changed = recall_text().replace("days = ", "days = 1", 1)
    kettles.published(changed, serials=None)
    assert owner.goes_on_to_the_end().endswith("?sent")
    filing = Filing.objects.get()
    assert filing.state == FilingState.FILED
    assert filing.version.number == 1


def test_the_notice_that_is_shown_is_the_one_that_is_agreed_to(
    owner: Kettle, kettles: Desk
) -> None:
    changed = recall_text()
    name = changed.partition('legal_name = "')[2].partition('"')[0]
    kettles.published(changed.replace(name, "Made-up Other Firm Inc."), serials=None)
    shown = owner.client.get(f"{owner.claim}/photos").content.decode()
    link = f"/en/recalls/{SLUG}/privacy?version=1"
    assert link in shown
    assert "Made-up Other Firm Inc." not in words_of(owner.client.get(link))
    assert "Made-up Other Firm Inc." in words_of(owner.client.get(link.partition("?")[0]))
    owner.goes_on_to_the_end()
    agreed = Agreement.objects.get(text__kind=StatementKind.PRIVACY).text.text
    assert "Made-up Other Firm Inc." not in agreed


@pytest.mark.parametrize("number", ["", "0", "99", "x", "²", "9" * 30])
def test_a_version_that_never_was_shows_the_live_notice(owner: Kettle, number: str) -> None:
    page = owner.client.get(f"/en/recalls/{SLUG}/privacy", {"version": number})
    assert page.status_code == 200
    assert "is responsible for what you give here" in words_of(page)


def test_a_recall_that_is_closed_midway_takes_the_claim(owner: Kettle, kettles: Desk) -> None:
    close_recall(recall=kettles.recall(), by=kettles.cast.approver, note="The test closes it.")
    assert owner.goes_on_to_the_end().endswith("?sent")
    assert Filing.objects.get().state == FilingState.FILED
