"""Somebody who wants an affected serial and uses every answer to come nearer to one.

He sends no token, so that each check stands alone, and changes one character at a time.
"""

from collections.abc import Generator, Iterator

from benchmarks.asking import check
from benchmarks.brute_force import Letters
from recalldesk.units.verdict.answer import Answer, Verdict, Why

PATIENCE = 1_000
WITHIN_REACH = (Why.SLIP, Why.LOOK_ALIKE)
Plan = Generator[str, Answer, None]
"""Texts to ask for, each after the answer to the last."""


def checks_until_affected(start: str, letters: Letters) -> int | None:
    """How many checks it takes from this text, itself included; None if patience ends first."""
    plan = _plan(start, letters)
    text = next(plan)
    for asked in range(1, PATIENCE + 1):
        answer = check(text)
        if answer.verdict is Verdict.AFFECTED:
            return asked
        try:
            text = plan.send(answer)
        except StopIteration:
            return None
    return None


def _plan(start: str, letters: Letters) -> Plan:
    """Look-alikes first; else one slip is undone: a character set, two swapped, one taken out."""
    answer = yield start
    yield from _without_confusions(start, answer, letters)
    for head, gone, tail in _gaps(start, letters):
        for kind in letters.kinds:
            if kind == letters.outline(gone):
                continue
            text = head + kind + tail
            answer = yield text
            yield from _without_confusions(text, answer, letters)
            if answer.why not in WITHIN_REACH:
                break  # that makes two slips: the first one is not at this place
    for text in _with_one_slip_less(start, letters):
        answer = yield text
        yield from _without_confusions(text, answer, letters)


def _without_confusions(text: str, answer: Answer, letters: Letters) -> Plan:
    """Where only look-alikes are in doubt, each right change takes its place out of `look_at`."""
    for place in answer.look_at:
        for other in letters.alike(text[place - 1]):
            changed = text[: place - 1] + other + text[place:]
            if changed == text:
                continue
            better = yield changed
            if better.why is Why.LOOK_ALIKE and place not in better.look_at:
                yield from _without_confusions(changed, better, letters)
                return


def _gaps(text: str, letters: Letters) -> Iterator[tuple[str, str, str]]:
    """Where a character is tried, the last place first: in place of one, or between two."""
    if letters.may_number(len(text)):
        for place in range(len(text) - 1, -1, -1):
            yield text[:place], text[place], text[place + 1 :]
    if letters.may_number(len(text) + 1):
        for place in range(len(text), -1, -1):
            yield text[:place], "", text[place:]


def _with_one_slip_less(text: str, letters: Letters) -> Iterator[str]:
    """The text with two neighbours swapped back, or without one character."""
    if letters.may_number(len(text)):
        for place in range(len(text) - 2, -1, -1):
            yield text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    if letters.may_number(len(text) - 1):
        for place in range(len(text) - 1, -1, -1):
            yield text[:place] + text[place + 1 :]
