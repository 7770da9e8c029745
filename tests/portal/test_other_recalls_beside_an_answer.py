"""Other recalls of a model stand below an answer, as possible; they change no answer, ever."""

import re
from pathlib import Path

import pytest

from recalldesk.accounts.permissions import Role
from recalldesk.elsewhere import at_hand
from recalldesk.elsewhere.actions import take_feed
from recalldesk.portal.asking import Asked
from tests.at_the_desk import staff
from tests.elsewhere.feeds_made import EXAMPLES, entry, feed
from tests.portal.conftest import Owner
from tests.portal.test_the_four_answers import ANKER, far_from_all, heading, misread, token_in

BLOCK = re.compile(r'<section class="aside" aria-labelledby="also-h">.*?</section>', re.S)
TITLE = "Made-up Firm Recalls Things"


def others_in(body: str) -> str:
    """The block, on one line; nothing where there is none."""
    found = BLOCK.search(body)
    return " ".join(found.group().split()) if found else ""


@pytest.fixture
def read(owner: Owner, tmp_path: Path) -> None:
    """A made-up recall of another firm names our model A1263, and one a model that nobody has."""
    by = staff(Role.RECALL_MANAGER)
    texts = ("Things with model numbers A1263 and X9.", "Model number Z99.")
    rows = [
        entry(str(place), Title=TITLE, Description=text) for place, text in enumerate(texts, 91_000)
    ]
    take_feed(feed(tmp_path, *rows), came_from="made up", by=by)
    path = EXAMPLES / "anker-25-466.json"
    take_feed(path, came_from=path.name, by=by)
    at_hand.forget()


def answers(owner: Owner) -> dict[str, str]:
    """A page of each verdict."""
    no = owner.checks(far_from_all(), **ANKER).content.decode()
    doubtful = misread(owner.recalled())
    looked = owner.checks(doubtful, **ANKER).content.decode()
    asked = owner.checks(doubtful, second_look=token_in(looked), **ANKER).content.decode()
    pages = [owner.checks(owner.recalled(), **ANKER).content.decode(), looked, asked, no]
    return {heading(page): page for page in pages}


@pytest.mark.usefixtures("read")
def test_below_every_answer_it_says_where_the_model_may_be_too(owner: Owner) -> None:
    pages = answers(owner)
    assert len(pages) == 4
    for said, body in pages.items():
        block = others_in(body)
        assert "This model number may also be in another recall" in block, said
        assert f'href="{entry("91000")["URL"]}" rel="noreferrer">{TITLE}' in block
        assert "Made-up Kettle Works Inc." in block
        assert "March 7, 2024" in block
        assert "We do not answer for that recall: read its notice." in block
        assert body.index("</h1>") < body.index(block[:60])
        assert "safe" not in block.lower()


def test_it_changes_no_answer(owner: Owner, request: pytest.FixtureRequest) -> None:
    before = answers(owner)
    assert not any(others_in(body) for body in before.values())
    request.getfixturevalue("read")
    after = answers(owner)
    assert list(after) == list(before)
    volatile = re.compile(r'name="second_look" value="[^"]*"|<time.*?</time>|form="[^"]*"')
    for said, body in after.items():
        plain = BLOCK.sub("", body)
        assert _flat(volatile.sub("", plain)) == _flat(volatile.sub("", before[said]))


def _flat(body: str) -> str:
    return " ".join(body.split())


@pytest.mark.usefixtures("read")
def test_for_a_model_that_nobody_here_knows_it_is_said_too_and_stands_in_no_address(
    owner: Owner,
) -> None:
    body = owner.checks(far_from_all(), other_model="z-99", **ANKER).content.decode()
    assert "We do not know this model" in body
    assert "made-up-recalls/91001" in others_in(body)
    assert Asked(model="z-99").fields == (("model", "z-99"),)
    assert not re.search(r'(?:href|action)="[^"]*z-99', body, re.IGNORECASE)


@pytest.mark.usefixtures("read")
def test_where_nothing_is_found_nothing_is_said(owner: Owner) -> None:
    body = owner.checks(far_from_all(), other_model="Z98", **ANKER).content.decode()
    assert others_in(body) == ""


@pytest.mark.usefixtures("read")
def test_the_firms_own_recall_that_is_answered_here_is_never_another(owner: Owner) -> None:
    for model in ("A1681", "A1647"):
        assert others_in(owner.checks(owner.recalled(), model=model).content.decode()) == ""


@pytest.mark.usefixtures("read")
def test_in_spanish_what_the_authority_says_is_marked_as_english(owner: Owner) -> None:
    body = owner.checks(owner.recalled(), language="es", **ANKER).content.decode()
    assert f'<span lang="en" dir="ltr">{TITLE}</span>' in others_in(body)
