"""What opens a filing: its pass, a mailed link, a code mailed a moment ago; and nothing else."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from recalldesk.claims import access
from recalldesk.claims.access import (
    CODE_TRIES,
    come_back,
    give_fresh_code,
    is_fresh,
    issue_pass,
    link_named,
    mail_fresh_code,
    mail_new_link,
    new_link,
    open_link,
    pass_for,
    renew_link,
)
from recalldesk.claims.erasing import erase_filing, forget_old_passes
from recalldesk.claims.errors import CodeNotGood, LinkNotGood
from recalldesk.claims.following import withdraw_filing
from recalldesk.claims.models import AccessLink, Filing, FreshCode, Pass
from recalldesk.claims.states import FreshFor
from recalldesk.foundation import clock
from recalldesk.mailing.states import Purpose
from tests.cast import SERIALS
from tests.claims.owner import OLGA, PAVEL, Owner, again, fresh_pass, letters_of
from tests.worked import run_jobs, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
ADDRESS, PAYEE = FreshFor.ADDRESS, FreshFor.PAYEE


def later(**more: float) -> time_machine.travel:
    return time_machine.travel(clock.now() + timedelta(**more), tick=False)


def links_of(filing: Filing) -> list[str]:
    return [letter[3] for letter in letters_of(filing) if letter[0] == Purpose.ACCESS_LINK]


def code_of(filing: Filing) -> str:
    return letters_of(filing)[-1][2].rpartition(" ")[2]


def comes_back(reference: str, contact: str) -> None:
    """Asks for a link; a job is left in either case."""
    before = len(waiting("claims.mail_new_link"))
    come_back(reference=reference, contact=contact)
    assert len(waiting("claims.mail_new_link")) == before + 1
    run_jobs(tasks=["claims.mail_new_link"])


def good(filing: Filing) -> Pass:
    found = pass_for(key=filing.key, token=issue_pass(filing=filing))
    assert found is not None
    return found


def test_a_pass_opens_its_own_filing_and_no_other() -> None:
    mine, foreign = OLGA.opens(), PAVEL.opens()
    token = issue_pass(filing=mine)
    assert pass_for(key=mine.key, token=token) is not None
    assert pass_for(key=foreign.key, token=token) is None
    for wrong in ("", token[:-1], token + "x", token.swapcase(), "\x00", "ü" * 500):
        assert pass_for(key=mine.key, token=wrong) is None


def test_a_pass_of_a_draft_lasts_a_week_from_the_last_look() -> None:
    filing = OLGA.opens()
    token = issue_pass(filing=filing)
    with later(days=6):
        assert pass_for(key=filing.key, token=token) is not None
    with later(days=12):
        assert pass_for(key=filing.key, token=token) is not None
    with later(days=20):
        assert pass_for(key=filing.key, token=token) is None


def test_a_pass_of_what_was_sent_lasts_an_hour_from_the_last_look() -> None:
    filing = OLGA.files()
    token = issue_pass(filing=filing)
    for minutes in (50, 100, 150):
        with later(minutes=minutes):
            assert pass_for(key=filing.key, token=token) is not None
    with later(minutes=211):
        assert pass_for(key=filing.key, token=token) is None


def test_passes_that_are_over_are_forgotten_and_others_stay() -> None:
    draft, filed = OLGA.opens(), OLGA.files()
    Pass.objects.all().delete()
    issue_pass(filing=draft)
    issue_pass(filing=filed)
    with later(hours=2):
        assert forget_old_passes() == 1
    assert Pass.objects.get().filing == draft


def test_a_link_is_good_for_a_month_as_often_as_it_is_pressed() -> None:
    filing = OLGA.files()
    token = new_link(filing=filing)
    opened = [open_link(token=token) for _ in range(3)]
    assert {each.filing.pk for each in opened} == {filing.pk}
    assert len({each.token for each in opened}) == 3
    with later(days=31), pytest.raises(LinkNotGood) as refused:
        open_link(token=token)
    assert refused.value.can_renew


def test_looking_at_a_link_opens_nothing() -> None:
    filing = OLGA.opens()
    token = new_link(filing=filing)
    before = Pass.objects.count()
    assert link_named(token) is not None
    assert Pass.objects.count() == before


def test_what_never_was_a_link_is_not_renewed() -> None:
    with pytest.raises(LinkNotGood) as refused:
        open_link(token="made-up")
    assert not refused.value.can_renew
    assert not renew_link(token="made-up")


def test_a_link_that_is_over_sends_a_new_one_to_the_address_on_file() -> None:
    filing = OLGA.files()
    token = new_link(filing=filing)
    with later(days=31):
        assert renew_link(token=token)
        assert not renew_link(token=token)  # one went out a moment ago
    ((_, to, _, text),) = [e for e in letters_of(filing) if e[0] == Purpose.ACCESS_LINK]
    assert to == OLGA.email
    assert token not in text


def test_links_have_256_bits_and_are_kept_as_digests_only() -> None:
    filing = OLGA.files()
    token = new_link(filing=filing)
    assert len(token) >= 43
    row = AccessLink.objects.latest("pk")
    assert token.encode() not in bytes(row.digest)
    assert len(bytes(row.digest)) == 32


def test_the_link_in_the_letter_is_the_one_that_opens() -> None:
    filing = OLGA.files()
    text = letters_of(filing)[-1][3]
    start = reverse("portal:claim_link", args=["x"])[:-1]
    token = text.partition(start)[2].split()[0]
    assert open_link(token=token).filing == filing


def test_not_more_than_ten_links_leave_in_a_day() -> None:
    filing = OLGA.files()
    AccessLink.objects.all().delete()
    sent = 0
    for minutes in range(0, 60, 3):
        with later(minutes=minutes):
            sent += mail_new_link(filing=filing)
    assert sent == 10
    with later(days=1, hours=2):
        assert mail_new_link(filing=filing)


def test_no_mailbox_is_filled_by_drafts_that_name_it() -> None:
    filings = [OLGA.drafts() for _ in range(access.MOST_LETTERS_A_DAY + 3)]
    assert sum(len(letters_of(filing)) for filing in filings) == access.MOST_LETTERS_A_DAY
    with later(days=1, minutes=1):
        assert access.mail_new_link(filing=filings[-1])


def test_reference_and_contact_together_send_a_link() -> None:
    filing = OLGA.files()
    typed = filing.reference.lower().replace("-", " ")
    with later(minutes=5):
        comes_back(typed, f" {OLGA.email.upper()} ")
    assert len(links_of(filing)) == 1


def test_reference_and_phone_together_do_too() -> None:
    filing = Owner("Olga", OLGA.email, "+1 202 555 0143").files()
    with later(minutes=5):
        comes_back(filing.reference, "(202) 555-0143")
    assert len(links_of(filing)) == 1


@pytest.mark.parametrize(
    ("reference", "contact"),
    [
        (None, "somebody@else.example"),
        (None, ""),
        (None, "@"),
        (None, "+1 202 555 0199"),
        (None, "\x00"),
        ("R-AAAA-AAAA", OLGA.email),
        ("", OLGA.email),
        ("R-7QK4\x00-M2XT", OLGA.email),
        ("R" * 10_000, OLGA.email),
    ],
)
def test_apart_they_send_nothing_and_say_nothing(reference: str | None, contact: str) -> None:
    filing = OLGA.files()
    before = len(letters_of(filing))
    with later(minutes=5):
        comes_back(filing.reference if reference is None else reference, contact)
    assert len(letters_of(filing)) == before


def test_an_empty_contact_never_fits_a_filing_that_has_none() -> None:
    filing = OLGA.files()
    Filing.objects.filter(pk=filing.pk).update(phone_digest=b"", email_digest=b"")
    with later(minutes=5):
        comes_back(filing.reference, "")
    assert links_of(filing) == []


def test_a_draft_comes_back_by_its_reference_too() -> None:
    draft = OLGA.drafts()
    with later(minutes=5):
        comes_back(draft.reference, OLGA.email)
    assert [letter[0] for letter in letters_of(draft)] == [Purpose.DRAFT_LINK] * 2


def test_a_link_asked_for_while_the_filing_is_erased_writes_to_nobody() -> None:
    filing = OLGA.files()
    stale = again(filing)
    withdraw_filing(filing_id=filing.pk)
    erase_filing(opened=fresh_pass(filing))
    before = len(letters_of(filing))
    with later(minutes=5):
        assert not mail_new_link(filing=stale)
        mail_fresh_code(filing=stale, purpose=ADDRESS)
    assert len(letters_of(filing)) == before
    assert not AccessLink.objects.filter(filing=filing).exists()


def test_a_code_makes_the_pass_fresh_for_a_while() -> None:
    filing = OLGA.files()
    mail_fresh_code(filing=filing, purpose=ADDRESS)
    opened = good(filing)
    assert not is_fresh(opened, clock.now())
    give_fresh_code(opened=opened, purpose=ADDRESS, code=code_of(filing))
    assert is_fresh(opened, clock.now())
    opened.refresh_from_db()
    assert is_fresh(opened, clock.now())
    assert not is_fresh(opened, clock.now() + access.FRESH_FOR + timedelta(seconds=1))
    assert not is_fresh(good(filing), clock.now())


@pytest.mark.parametrize("write", ["{0}", " {0} ", "{0[0]} {0[1]}-{0[2]}{0[3]} {0[4]}{0[5]}"])
def test_a_code_is_read_however_it_is_typed(write: str) -> None:
    filing = OLGA.files()
    mail_fresh_code(filing=filing, purpose=ADDRESS)
    give_fresh_code(opened=good(filing), purpose=ADDRESS, code=write.format(code_of(filing)))


def test_a_code_in_another_scripts_digits_is_read() -> None:
    filing = OLGA.files()
    mail_fresh_code(filing=filing, purpose=ADDRESS)
    arabic = "".join(chr(0x0660 + int(digit)) for digit in code_of(filing))
    give_fresh_code(opened=good(filing), purpose=ADDRESS, code=arabic)


def test_after_five_wrong_tries_the_right_code_is_none() -> None:
    filing = OLGA.files()
    mail_fresh_code(filing=filing, purpose=ADDRESS)
    code, opened = code_of(filing), good(filing)
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    for _ in range(CODE_TRIES):
        with pytest.raises(CodeNotGood):
            give_fresh_code(opened=opened, purpose=ADDRESS, code=wrong)
    with pytest.raises(CodeNotGood):
        give_fresh_code(opened=opened, purpose=ADDRESS, code=code)
    assert FreshCode.objects.get().tries_left == 0


def test_the_fifth_try_still_counts() -> None:
    filing = OLGA.files()
    mail_fresh_code(filing=filing, purpose=ADDRESS)
    for wrong in ("", "x", "12", "00000000000"):
        with pytest.raises(CodeNotGood):
            give_fresh_code(opened=good(filing), purpose=ADDRESS, code=wrong)
    give_fresh_code(opened=good(filing), purpose=ADDRESS, code=code_of(filing))


def test_a_code_is_good_once_and_for_what_it_was_mailed_and_for_its_filing() -> None:
    filing, other = OLGA.files(SERIALS[0]), OLGA.files(SERIALS[1])
    for each in (filing, other):
        mail_fresh_code(filing=each, purpose=ADDRESS)
    code = code_of(filing)
    with pytest.raises(CodeNotGood):
        give_fresh_code(opened=good(filing), purpose=PAYEE, code=code)
    if code != code_of(other):
        with pytest.raises(CodeNotGood):
            give_fresh_code(opened=good(other), purpose=ADDRESS, code=code)
    give_fresh_code(opened=good(filing), purpose=ADDRESS, code=code)
    with pytest.raises(CodeNotGood):
        give_fresh_code(opened=good(filing), purpose=ADDRESS, code=code)


def test_a_code_is_over_after_a_quarter_of_an_hour() -> None:
    filing = OLGA.files()
    mail_fresh_code(filing=filing, purpose=ADDRESS)
    with later(minutes=16), pytest.raises(CodeNotGood):
        give_fresh_code(opened=good(filing), purpose=ADDRESS, code=code_of(filing))


def test_a_new_code_ends_the_one_before_and_codes_have_an_end_too() -> None:
    filing = OLGA.files()
    mail_fresh_code(filing=filing, purpose=ADDRESS)
    first = code_of(filing)
    mail_fresh_code(filing=filing, purpose=ADDRESS)  # a moment later: the first one is still good
    assert FreshCode.objects.count() == 1
    with later(minutes=2):
        mail_fresh_code(filing=filing, purpose=ADDRESS)
        if code_of(filing) != first:
            with pytest.raises(CodeNotGood):
                give_fresh_code(opened=good(filing), purpose=ADDRESS, code=first)
    for minutes in range(4, 60, 2):
        with later(minutes=minutes):
            mail_fresh_code(filing=filing, purpose=ADDRESS)
    assert FreshCode.objects.count() == 10


def test_wrong_tries_count_although_the_page_refuses() -> None:
    """They would not, if each request were one transaction."""
    assert connection.settings_dict["ATOMIC_REQUESTS"] is False
