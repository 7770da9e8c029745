"""A change at full rate is judged: a failed answer, a wrong one and a late one are each seen."""

import json
import socket
import threading
from collections import Counter
from typing import NamedTuple

import pytest

from benchmarks.changing_list import CHANGING, STAYING, Expected, changing_list, expected
from benchmarks.full_rate import BROKEN, Observation, ask_on, observation
from benchmarks.going_live import LATEST, Judged, judged, slowest, state
from benchmarks.report import Figure, Section, missed
from recalldesk.units.verdict.answer import Verdict

DROPPED, TAKEN_IN, ALWAYS, NEAR = "TW24010001", "TW24020002", "TW24030003", "TW24030004"
AFFECTED, NOT_AFFECTED, LOOK_AGAIN = "affected", "not_affected", "look_again"
TRUTH: Expected = {
    DROPPED: {1: Verdict.AFFECTED, 2: Verdict.NOT_AFFECTED},
    TAKEN_IN: {1: Verdict.NOT_AFFECTED, 2: Verdict.AFFECTED},
    ALWAYS: {1: Verdict.AFFECTED, 2: Verdict.AFFECTED},
    NEAR: {1: Verdict.LOOK_AGAIN, 2: Verdict.LOOK_AGAIN},
}
LIVE_AT = {1: 0.0, 2: 100.0}


class Said(NamedTuple):
    """An answer that a server might give: the verdict, which version it names, and when."""

    serial: str
    verdict: str
    version: int
    at: float


def seen(said: Said, *, took: float = 0.01) -> Observation:
    """As whoever asks notes it down; a recall that stays is named beside it."""
    versions = ((STAYING, 1, NOT_AFFECTED), (CHANGING, said.version, said.verdict))
    return Observation(said.serial, said.at - took, said.at, 200, said.verdict, versions)


GOOD = [
    Said(DROPPED, AFFECTED, 1, 50),
    Said(TAKEN_IN, NOT_AFFECTED, 1, 101),
    Said(DROPPED, NOT_AFFECTED, 2, 101),
    Said(TAKEN_IN, AFFECTED, 2, 102),
    Said(ALWAYS, AFFECTED, 2, 103),
    Said(NEAR, LOOK_AGAIN, 2, 140),
]


def judge(*more: Observation) -> Judged:
    """All that is good, and these."""
    return judged([*map(seen, GOOD), *more], TRUTH, LIVE_AT)


def not_reached(*more: Observation) -> list[Figure]:
    """The aims that such a run misses."""
    section = Section("A change", "Made up.")
    state(section, [*map(seen, GOOD), *more], TRUTH, LIVE_AT)
    return missed([section])


def test_right_answers_by_either_version_are_right() -> None:
    assert judge() == Judged(0, 0, 0, {1: 2, 2: 4}, {2: 1.0})
    assert not_reached() == []


@pytest.mark.parametrize("status", [BROKEN, 429, 500, 503])
def test_no_answer_and_any_other_status_is_a_failed_check(status: int) -> None:
    failed = Observation(ALWAYS, 60, 60.1, status)
    assert judge(failed).failed == 1
    assert [figure.what for figure in not_reached(failed)] == ["checks that failed"]


@pytest.mark.parametrize(
    "wrong",
    [
        Said(DROPPED, NOT_AFFECTED, 1, 50),
        Said(DROPPED, AFFECTED, 2, 101),
        Said(TAKEN_IN, NOT_AFFECTED, 2, 101),
        Said(TAKEN_IN, AFFECTED, 1, 101),
        Said(ALWAYS, LOOK_AGAIN, 2, 101),
        Said(NEAR, NOT_AFFECTED, 1, 50),
        Said(ALWAYS, AFFECTED, 3, 101),
    ],
    ids=str,
)
def test_what_the_named_version_does_not_say_is_wrong(wrong: Said) -> None:
    assert judge(seen(wrong)).wrong == 1
    (figure,) = not_reached(seen(wrong))
    assert figure.what == "answers wrong for the version that they name"


def test_an_answer_that_names_no_version_or_contradicts_itself_is_wrong() -> None:
    good = seen(Said(ALWAYS, AFFECTED, 2, 101))
    nameless = good._replace(versions=good.versions[:1])
    divided = good._replace(verdict=LOOK_AGAIN)
    assert (judge(nameless).wrong, judge(divided).wrong) == (1, 1)


def test_a_version_that_is_named_before_it_is_live_is_seen() -> None:
    early = seen(Said(ALWAYS, AFFECTED, 2, 99.5))
    assert judge(early).ahead == 1
    assert [f.what for f in not_reached(early)] == ["answers by a version that was not live yet"]


def test_an_old_version_that_is_named_too_late_is_seen() -> None:
    just, late = (
        seen(Said(ALWAYS, AFFECTED, 1, LIVE_AT[2] + LATEST + more)) for more in (-0.1, 0.1)
    )
    assert not_reached(just) == []
    (figure,) = not_reached(late)
    assert figure.what.startswith("an old version is named")
    assert figure.measured.startswith("30.1 s")


def test_the_oldest_version_counts_after_every_later_change() -> None:
    answers = [seen(Said(ALWAYS, AFFECTED, version, 210)) for version in (1, 2, 3)]
    truth = {ALWAYS: dict.fromkeys((1, 2, 3), Verdict.AFFECTED)}
    found = judged(answers, truth, {1: 0.0, 2: 100.0, 3: 200.0})
    assert found.old_named_for == {2: 110.0, 3: 10.0}


def test_who_did_not_watch_long_enough_or_saw_no_change_has_reached_nothing() -> None:
    section = Section("A change", "Made up.")
    state(section, [seen(said) for said in GOOD[:-1]], TRUTH, LIVE_AT)
    assert [f.what[:14] for f in missed([section])] == ["an old version"]
    section = Section("No change", "Made up.")
    state(section, [seen(GOOD[0]), seen(GOOD[0]._replace(at=160))], TRUTH, LIVE_AT)
    assert len(missed([section])) == 4


def test_the_slowest_answer_around_a_change_is_told_from_others() -> None:
    answers = [
        seen(Said(ALWAYS, AFFECTED, 1, 50), took=2),
        seen(Said(ALWAYS, AFFECTED, 1, 101), took=3),
    ]
    around, elsewhere = slowest(answers, [100.0])
    assert (round(around, 3), round(elsewhere, 3)) == (3, 2)


def test_an_answer_is_read_as_it_came() -> None:
    body = (
        b'{"verdict": "affected", "recalls": [{"recall": "kettle-k20", "version": 2, '
        b'"verdict": "affected", "claim_url": null}]}'
    )
    whole = observation(ALWAYS, 1, 2, b"HTTP/1.1 200 OK\r\n\r\n" + body)
    assert whole == Observation(ALWAYS, 1, 2, 200, AFFECTED, ((CHANGING, 2, AFFECTED),))
    refused = observation(ALWAYS, 1, 2, b"HTTP/1.1 503 Service Unavailable\r\n\r\n{}")
    assert refused == Observation(ALWAYS, 1, 2, 503)
    with pytest.raises(json.JSONDecodeError):
        observation(ALWAYS, 1, 2, b"HTTP/1.1 200 OK\r\n\r\n" + body[:20])


def _answer_twice_then_break_off(listening: socket.socket) -> None:
    """To each connection two answers, of which the second is not whole."""
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        with connection:
            connection.recv(1000)
            connection.sendall(b"HTTP/1.1 429 Wait\r\nContent-Length: 2\r\n\r\n{}")
            connection.recv(1000)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{")


def test_a_connection_that_breaks_is_noted_and_another_is_opened() -> None:
    noted: list[Observation] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_answer_twice_then_break_off, args=(listening,)).start()
        ask_on(listening.getsockname()[1], [ALWAYS], 1, lambda: len(noted) >= 4, noted)
        listening.shutdown(socket.SHUT_RDWR)
    assert Counter(each.status for each in noted) == {429: 2, BROKEN: 2}


def test_each_version_drops_and_takes_in_and_all_kinds_are_asked() -> None:
    lists = changing_list(100, versions=3)
    assert [len(serials) for serials in lists.versions.values()] == [100, 100, 100]
    truth = expected(lists, 10)
    assert set(truth).isdisjoint(lists.staying)
    kinds = {tuple(each.values()) for each in truth.values()}
    always = {(verdict,) * 3 for verdict in (Verdict.AFFECTED, Verdict.NOT_AFFECTED)}
    assert kinds >= {
        *always,
        (Verdict.LOOK_AGAIN,) * 3,
        (Verdict.AFFECTED, Verdict.NOT_AFFECTED, Verdict.NOT_AFFECTED),
        (Verdict.AFFECTED, Verdict.AFFECTED, Verdict.NOT_AFFECTED),
        (Verdict.NOT_AFFECTED, Verdict.NOT_AFFECTED, Verdict.AFFECTED),
        (Verdict.NOT_AFFECTED, Verdict.AFFECTED, Verdict.AFFECTED),
    }
