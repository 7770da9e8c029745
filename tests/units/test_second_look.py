"""The second look: typing again settles nothing but affected."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from recalldesk.foundation import clock
from recalldesk.units.checking import check_serial
from recalldesk.units.errors import SecondLookInvalid
from recalldesk.units.verdict.answer import Answer, Why
from tests.cast import AFFECTED, FAR, LOOK_ALIKE, SLIP

pytestmark = pytest.mark.usefixtures("published_recall")
OTHER_FAR = "TW31559016"


@pytest.fixture
def time() -> Iterator[time_machine.Traveller]:
    """The clock, standing still until it is moved."""
    with time_machine.travel(clock.now(), tick=False) as traveller:
        yield traveller


def looks(*serials: str) -> Answer:
    """One person's attempts at one unit, each with the last token."""
    token = ""
    for serial in serials:
        answer = check_serial(serial, second_look=token)
        token = answer.second_look or token
    return answer


def told(answer: Answer) -> tuple[str, Why]:
    return answer.verdict.value, answer.why


@pytest.mark.parametrize("serial", [LOOK_ALIKE, SLIP, "TW", "0123456789012"])
def test_the_same_again_asks_a_person(serial: str) -> None:
    assert looks(serial).verdict == "look_again"
    assert told(looks(serial, serial)) == ("ask_a_person", Why.SAME_AGAIN)


def test_the_same_in_other_letters_and_spaces_is_the_same() -> None:
    again = f"{LOOK_ALIKE[:4].lower()} - {LOOK_ALIKE[4:]}"
    assert told(looks(LOOK_ALIKE, again)) == ("ask_a_person", Why.SAME_AGAIN)


@pytest.mark.parametrize("near", [LOOK_ALIKE, SLIP])
def test_after_coming_within_reach_no_other_text_is_not_affected(near: str) -> None:
    assert looks(FAR).verdict == "not_affected"
    assert told(looks(near, FAR)) == ("ask_a_person", Why.STILL_IN_DOUBT)
    assert looks(near, "TW", FAR).verdict == "ask_a_person"
    assert looks(near, FAR, FAR).verdict == "ask_a_person"


@pytest.mark.parametrize("near", [LOOK_ALIKE, SLIP])
def test_the_right_text_is_affected_after_any_attempts(near: str) -> None:
    assert looks(near, AFFECTED).verdict == "affected"
    assert looks(near, near, "TW", near, AFFECTED).verdict == "affected"


@pytest.mark.parametrize("formless", ["TW", "TW2433661902000", "0123456789012", "hello"])
def test_after_a_doubt_of_form_only_a_right_text_may_be_not_affected(formless: str) -> None:
    assert looks(formless).verdict == "look_again"
    assert looks(formless, FAR).verdict == "not_affected"


def test_after_three_looks_a_person_is_asked() -> None:
    texts = ("TW", "TW2", "TW24", "TW240")
    assert looks(*texts[:3]).verdict == "look_again"
    assert told(looks(*texts)) == ("ask_a_person", Why.STILL_IN_DOUBT)


def test_a_token_is_given_while_the_unit_is_in_doubt() -> None:
    assert looks(LOOK_ALIKE).second_look
    assert looks(LOOK_ALIKE, LOOK_ALIKE).second_look
    for serials in ((FAR,), (AFFECTED,)):
        assert looks(*serials).second_look == ""


def test_after_a_person_was_named_no_other_text_settles_it() -> None:
    assert looks(LOOK_ALIKE, LOOK_ALIKE, FAR).verdict == "ask_a_person"
    assert looks(LOOK_ALIKE, LOOK_ALIKE, AFFECTED).verdict == "affected"


def test_a_token_holds_no_serial_and_fits_into_the_api() -> None:
    token = looks("TW", "TW2", LOOK_ALIKE).second_look
    assert LOOK_ALIKE not in token
    assert len(token) < 600


def altered(token: str) -> Iterator[str]:
    yield token[:-1]
    yield token + "x"
    yield token.swapcase()
    yield token.replace(":", "", 1)
    yield from ("x", ":", "::", "é:é:é", "\ud800:a:b", "\x00:a:b", "a" * 5000)


def test_an_altered_token_is_refused_and_the_serial_not_answered() -> None:
    for token in altered(looks(LOOK_ALIKE).second_look):
        with pytest.raises(SecondLookInvalid) as refused:
            check_serial(FAR, second_look=token)
        assert refused.value.hint
        assert FAR not in str(refused.value)


def test_an_expired_token_still_binds(time: time_machine.Traveller) -> None:
    token = check_serial(SLIP).second_look
    time.shift(timedelta(days=30))
    assert told(check_serial(FAR, second_look=token)) == ("ask_a_person", Why.STILL_IN_DOUBT)
    assert check_serial(AFFECTED, second_look=token).verdict == "affected"


def test_with_an_expired_token_the_owner_looks_anew(time: time_machine.Traveller) -> None:
    token = check_serial(SLIP).second_look
    time.shift(timedelta(days=30))
    anew = check_serial(SLIP, second_look=token)
    assert anew.verdict == "look_again"
    assert check_serial(SLIP, second_look=anew.second_look).verdict == "ask_a_person"
    assert check_serial(FAR, second_look=anew.second_look).verdict == "ask_a_person"


def test_an_expired_token_of_form_only_binds_nothing(time: time_machine.Traveller) -> None:
    token = check_serial("TW").second_look
    time.shift(timedelta(days=30))
    assert check_serial(OTHER_FAR, second_look=token).verdict == "not_affected"
