"""Two tabs of one browser, each with a check of its own: neither ever shows the other's answer."""

import re
from datetime import timedelta

import time_machine
from django.test import Client

from recalldesk.checks.models import PhotoLook
from recalldesk.checks.photo_looks import take_reading
from recalldesk.evidence.models import Photo
from recalldesk.foundation import clock
from recalldesk.portal.look_pass import MOST_LOOKS
from recalldesk.reading.seen import LabelReading
from tests.labels import candidate, label
from tests.portal.looks.conftest import ORIGIN, Looker, heading, words_of
from tests.portal.looks.test_a_photo_answers import AGAIN, NOT_IN, STOP, neighbours
from tests.reading_rows import read_as

OVER = "This answer is no longer here"


def sends(looker: Looker, serial: str) -> tuple[str, PhotoLook]:
    """A check and its photo; the address of its answer, and the row."""
    answer = looker.photographs(looker.owner.checks(serial))
    return answer["Location"], PhotoLook.objects.latest("pk")


def held_in_english(looker: Looker) -> int:
    """How many cookies the browser keeps for the pages in one language."""
    cookies = looker.owner.client.cookies
    return sum(
        bool(held.value) for name, held in cookies.items() if re.match("look-en-.{16}$", name)
    )


def is_read(look: PhotoLook, reading: LabelReading) -> None:
    read_as(Photo.objects.get(evidence_set=look.evidence_set), reading)
    take_reading(evidence_set_id=look.evidence_set_id)


def test_each_tab_shows_its_own_answer_however_they_interleave(looker: Looker) -> None:
    text, recalled = neighbours(looker)[0], looker.owner.recalled()
    first, of_first = sends(looker, neighbours(looker)[1])
    second, of_second = sends(looker, text)
    assert looker.sees(f"{first}/waits").json() == {"waits": True}
    is_read(of_second, label(candidate(text)))
    assert looker.sees(f"{first}/waits").json() == {"waits": True}
    assert heading(looker.sees(first)) == "We are reading your photo"
    assert heading(looker.sees(second)) == NOT_IN
    is_read(of_first, label(candidate(recalled)))
    assert heading(looker.sees(first)) == STOP
    assert heading(looker.sees(second)) == NOT_IN
    assert text not in words_of(looker.sees(first)).replace(" ", "")


def test_a_text_typed_in_one_tab_is_held_against_its_own_photo(looker: Looker) -> None:
    text, wrong, other, *_ = neighbours(looker)
    first, of_first = sends(looker, wrong)
    second, of_second = sends(looker, wrong)
    is_read(of_first, label(candidate(text)))
    is_read(of_second, label(candidate(other)))
    assert heading(looker.sees(first)) == heading(looker.sees(second)) == AGAIN
    looker.owner.sends(f"{first}/text", serial=text)
    looker.owner.sends(f"{second}/text", serial=text)
    assert heading(looker.sees(first)) == NOT_IN
    assert heading(looker.sees(second)) == AGAIN


def test_another_photo_of_one_tab_leaves_the_other_alone(looker: Looker) -> None:
    text, other, *_ = neighbours(looker)
    first, of_first = sends(looker, text)
    second, of_second = sends(looker, other)
    is_read(of_first, label())
    again = looker.photographs(looker.sees(first))
    assert again["Location"] == first
    is_read(of_second, label(candidate(other)))
    assert heading(looker.sees(second)) == NOT_IN
    assert heading(looker.sees(first)) == "We are reading your photo"


def test_an_address_that_leaks_shows_nothing(looker: Looker) -> None:
    address, look = sends(looker, neighbours(looker)[0])
    is_read(look, label(candidate(neighbours(looker)[0])))
    stranger = Client()
    sends(Looker(type(looker.owner)(stranger, looker.owner.folder), seed=9), neighbours(looker)[1])
    assert heading(stranger.get(address)) == OVER
    assert stranger.get(f"{address}/waits").json() == {"waits": False}
    sent = stranger.post(f"{address}/text", {"serial": "made up"}, headers=ORIGIN)
    assert heading(sent) == OVER


def test_a_browser_keeps_the_newest_few_and_its_cookies_do_not_grow(looker: Looker) -> None:
    text = neighbours(looker)[0]
    sent = []
    for minute in range(MOST_LOOKS + 2):
        with time_machine.travel(clock.now() + timedelta(seconds=minute)):
            sent.append(sends(looker, text)[0])
    assert held_in_english(looker) == MOST_LOOKS
    headings = [heading(looker.sees(address)) for address in sent]
    assert headings == [OVER] * 2 + ["We are reading your photo"] * MOST_LOOKS


def test_a_look_that_is_over_gives_its_cookie_back(looker: Looker) -> None:
    sends(looker, neighbours(looker)[0])
    with time_machine.travel(clock.now() + timedelta(minutes=61)):
        sends(looker, neighbours(looker)[0])
    assert held_in_english(looker) == 1


def test_cookies_of_a_made_up_name_are_left_alone(looker: Looker) -> None:
    looker.owner.client.cookies.load({"look-en": "made-up", "look-": "x"})
    address, _ = sends(looker, neighbours(looker)[0])
    assert heading(looker.sees(address)) == "We are reading your photo"
