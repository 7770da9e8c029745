"""Serials checked by list and by scanner: the answer of the one door, and never "safe"."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.core import signing

from recalldesk.accounts.api_keys import give_api_key
from recalldesk.accounts.permissions import KeyRight
from recalldesk.checks.counts import forget, write_now
from recalldesk.checks.models import CheckCount
from recalldesk.portal.partner import scanning
from recalldesk.portal.partner.answers import HEADLINES, UNANSWERED
from recalldesk.units import live
from recalldesk.units.verdict.answer import Verdict
from tests.cast import AFFECTED, FAR, LOOK_ALIKE, SERIALS, SLIP, Cast
from tests.portal.partner.conftest import AtShop, pdf, text

pytestmark = pytest.mark.django_db
RECALLED = str(HEADLINES[Verdict.AFFECTED])
AGAIN = str(HEADLINES[Verdict.LOOK_AGAIN])
NOT_IN = str(HEADLINES[Verdict.NOT_AFFECTED])


def answers(page: str) -> dict[str, str]:
    """The answer to each serial in the table."""
    rows = re.findall(
        r'<bdi class="mono" dir="ltr">([^<]+)</bdi>.*?</th><td><strong[^>]*>([^<]+)<', page
    )
    return dict(rows)


def scan(at: AtShop, serial: str, past: str = "", **more: str) -> str:
    return text(at.presses("/en/partner/scan", serial=serial, past=past, **more))


def past_of(page: str) -> str:
    found = re.search(r'name="past" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def test_each_line_of_a_list_is_answered_in_the_words_of_a_shop(inside: AtShop) -> None:
    serials = "\n".join([FAR, AFFECTED, LOOK_ALIKE, SLIP, AFFECTED.lower(), "x"])
    page = text(inside.presses("/en/partner/check", serials=serials))
    found = answers(page)
    assert found[AFFECTED] == RECALLED
    assert found[LOOK_ALIKE] == found[SLIP] == AGAIN
    assert found[FAR] == NOT_IN
    assert "same as line 2" in page
    assert " safe" not in page.lower()
    assert page.index(AFFECTED) < page.index(FAR)


def test_a_line_that_is_no_text_is_said_to_be_unread_and_the_others_are_answered(
    inside: AtShop,
) -> None:
    sent = inside.presses("/en/partner/check", serials=f"{AFFECTED}\nTW\x00240\n")
    assert sent.status_code == 200
    assert answers(text(sent)) == {AFFECTED: RECALLED}


def test_a_file_is_answered_as_what_is_pasted_and_as_csv(inside: AtShop) -> None:
    file = pdf(f"serial;place\n{AFFECTED};shelf\n{FAR};shelf\n".encode(), "list.csv")
    assert answers(text(inside.presses("/en/partner/check", file=file)))[AFFECTED] == RECALLED
    sheet = inside.presses("/en/partner/check", serials=f"{AFFECTED}\n{FAR}", csv="1")
    assert sheet["Content-Type"].startswith("text/csv")
    lines = text(sheet).splitlines()
    assert RECALLED in lines[1]
    assert NOT_IN in lines[2]
    assert "kettle-k20 (1)" in lines[1]


def test_over_a_thousand_are_asked_in_parts(inside: AtShop) -> None:
    many = "\n".join(f"TW24{number:06d}" for number in range(1_001))
    sent = inside.presses("/en/partner/check", serials=many)
    assert sent.status_code == 422
    assert "1,000" in text(sent)
    assert "TW24000000" in text(sent)


def test_each_check_is_counted_and_no_serial_stands_in_an_address(inside: AtShop) -> None:
    forget()
    inside.presses("/en/partner/check", serials=f"{AFFECTED}\n{FAR}")
    write_now()
    assert sum(CheckCount.objects.filter(recall=None).values_list("count", flat=True)) == 2


def test_one_field_one_answer_and_the_list_of_this_page(inside: AtShop) -> None:
    first = scan(inside, AFFECTED)
    assert 'role="status"' in first
    assert RECALLED in first
    assert "autofocus" in first
    second = scan(inside, FAR, past_of(first))
    assert answers(second) == {FAR: NOT_IN, AFFECTED: RECALLED}
    changed = scan(inside, "", past_of(second)[:-1] + "x")
    assert answers(changed) == {}
    sheet = inside.presses("/en/partner/scan", past=past_of(second), csv="1")
    assert AFFECTED in text(sheet)


def test_a_scan_settles_a_doubt_only_for_a_partner_with_that_right(
    inside: AtShop, cast: Cast
) -> None:
    """The rule of the verdict decides; the page only says what the scanner read it with."""
    assert AGAIN in scan(inside, f"]C0{SLIP}")
    give_api_key(
        name="Made-up scanners",
        rights=[KeyRight.CHECK_BATCH, KeyRight.SCANNER],
        by=cast.administrator,
        partner=inside.partner,
    )
    assert AGAIN in scan(inside, SLIP)
    assert AGAIN in scan(inside, f"]E0{SLIP}")
    assert NOT_IN in scan(inside, f"]C0{SLIP}")
    assert RECALLED in scan(inside, f"]C0{AFFECTED}")


def test_what_cannot_be_answered_is_treated_as_recalled(
    inside: AtShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "live_index", lambda _at: None)
    monkeypatch.setattr("recalldesk.units.checking.live_index", lambda _at: None)
    assert str(HEADLINES[UNANSWERED]) in scan(inside, SERIALS[1])


def test_no_word_of_an_answer_says_safe() -> None:
    assert set(HEADLINES) == {*(each.value for each in Verdict), UNANSWERED}
    assert not any("safe" in str(words).lower() for words in HEADLINES.values())


def test_a_thousand_are_answered_by_a_few_questions_to_the_database(
    inside: AtShop, django_assert_max_num_queries: Any
) -> None:
    many = "\n".join(f"TW24{number:06d}" for number in range(1_000))
    with django_assert_max_num_queries(30):
        page = text(inside.presses("/en/partner/check", serials=many))
    assert len(answers(page)) == 1_000


def test_hundreds_of_scans_stay_on_the_page(inside: AtShop) -> None:
    page = scan(inside, AFFECTED)
    kept = scanning._past(past_of(page))
    many = [replace(kept[0], serial=f"TW33{number:06d}") for number in range(600)]
    signed = signing.dumps(
        [scanning._kept(each) for each in many], salt=scanning.SALT, compress=True
    )
    last = scan(inside, FAR, signed)
    assert len(scanning._past(past_of(last))) == scanning.MOST_KEPT
    assert len(past_of(last)) < 30_000, "a form of 64 KiB is read, no larger one"
