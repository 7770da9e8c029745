"""Letters and calls of a first wave are days behind its mails: who answered meanwhile gets none."""

from collections.abc import Iterator

import pytest
import time_machine

from recalldesk.claims.states import SheetForm
from recalldesk.notices.papers.kinds import Paper
from recalldesk.outreach.answering.actions import answer
from recalldesk.outreach.calling.taking import take_next_call
from recalldesk.outreach.letters.contents import take_addresses, take_pdf
from recalldesk.outreach.letters.errors import LettersRefused
from recalldesk.outreach.letters.files import make_letter_file, put_back
from recalldesk.outreach.letters.reads import letters_of_wave
from recalldesk.outreach.models import DirectNotice, LetterFile, NoticeFiling, Wave
from recalldesk.outreach.states import AnswerKind, NoticeState, Way, Withheld
from tests.outreach.calling.test_calls_are_made_and_written_down import NOON
from tests.outreach.told import PLACE, Told


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with time_machine.travel(NOON):
        yield


@pytest.fixture
def wave(told: Told) -> Wave:
    """A first notice by mail, letter and call to Ana, and by letter to Ben."""
    told.bought("Ana Example", email="ana@example.org", phone="+12025550111", address=PLACE)
    ben = PLACE | {"street_address": "13 Example Street"}
    told.bought("Ben Example", address=ben)
    return told.started(Way.EMAIL, Way.LETTER, Way.PHONE)


def by(wave: Wave, way: Way) -> DirectNotice:
    return wave.notices.filter(way=way).order_by("pk")[0]


def claim_by_link(told: Told, wave: Wave) -> None:
    NoticeFiling.objects.create(notice=by(wave, Way.EMAIL), filing=told.claim())


def printed(told: Told, wave: Wave) -> LetterFile:
    file = make_letter_file(wave=wave, paper=Paper.LETTER, by=told.cast.author)
    assert file is not None
    return file


def answered_in(wave: Wave, way: Way) -> int:
    return wave.notices.filter(
        way=way, state=NoticeState.WITHHELD, withheld=Withheld.ANSWERED
    ).count()


def test_a_claim_by_the_link_of_the_mail_saves_letter_and_call(told: Told, wave: Wave) -> None:
    claim_by_link(told, wave)
    assert printed(told, wave).letters == 1
    assert answered_in(wave, Way.LETTER) == 1
    assert take_next_call(by=told.cast.author) is None
    assert answered_in(wave, Way.PHONE) == 1


def test_a_claim_that_is_tied_by_name_and_contact_saves_none(told: Told, wave: Wave) -> None:
    buyer = by(wave, Way.EMAIL).purchaser
    assert buyer is not None
    told.claim(buyer)
    assert printed(told, wave).letters == 2
    assert take_next_call(by=told.cast.author) is not None


def test_who_answers_before_the_file_is_taken_first_is_left_out_of_it(
    told: Told, wave: Wave
) -> None:
    file = printed(told, wave)
    assert file.letters == 2
    answer(notice=by(wave, Way.EMAIL), kind=AnswerKind.THREW_AWAY)
    told_them = {"file": file, "by": told.cast.author, "reason": "To the printer"}
    first = take_pdf(**told_them)
    file.refresh_from_db()
    assert (file.letters, answered_in(wave, Way.LETTER)) == (1, 1)
    shown = letters_of_wave(wave, by=told.cast.author)
    assert (shown.withheld, shown.files[0].letters) == ({Withheld.ANSWERED: 1}, 1)
    ben = wave.notices.get(way=Way.LETTER, state=NoticeState.PRINTED)
    assert ben.handed_out_at is not None
    NoticeFiling.objects.create(notice=ben, filing=told.claim())
    assert take_pdf(**told_them) == first, "what was handed out stays the same"
    addresses = take_addresses(form=SheetForm.CSV, **told_them)
    assert b"Ben Example" in b"".join(addresses.parts)


def test_a_print_file_that_is_put_back_while_it_is_set_does_not_leave(
    told: Told, wave: Wave, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = printed(told, wave)

    def is_put_back_meanwhile(_: object) -> bytes:
        put_back(file_id=file.pk, by=told.cast.author)
        return b"%PDF"

    monkeypatch.setattr(
        "recalldesk.outreach.letters.contents.letters_as_pdf", is_put_back_meanwhile
    )
    with pytest.raises(LettersRefused, match="taken out of it"):
        take_pdf(file=file, by=told.cast.author, reason="To the printer")
    assert not wave.notices.exclude(handed_out_at=None).exists()
