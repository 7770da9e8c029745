"""When two people decide, and who may be the second: a pure rule.

Guarantees: nobody is their own second opinion, and whoever decided about a claim before never
decides its appeal, whatever else they may; an approval against the rule of the recall is never one
person's.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from recalldesk.claims.states import DecisionKind

MERITS = frozenset({DecisionKind.APPROVE, DecisionKind.DECLINE, DecisionKind.DUPLICATE})
"""These decide a claim; the others keep it going."""


class Ground(StrEnum):
    """Why an approval needs two people, or an appeal another one."""

    VALUE = "value"
    UNIT_NOT_LISTED = "unit_not_listed"
    NO_PROOF = "no_proof"
    SECOND_REMEDY = "second_remedy"
    APPEAL = "appeal"
    ASKED = "asked"


@dataclass(frozen=True)
class Case:
    """What the rule needs to know. `deciders`: who decided about the claim before; `proposer`: who
    proposes what waits for a second person, or None; `is_asked`: whoever decides wants another to
    read it, too."""

    kind: DecisionKind
    is_over_value: bool = False
    is_listed: bool = True
    has_proof: bool = True
    is_second_remedy: bool = False
    is_appealed: bool = False
    is_asked: bool = False
    deciders: frozenset[int] = frozenset()
    proposer: int | None = None


@dataclass(frozen=True)
class Person:
    """Who decides. `may_second`: holds the permission to give a second opinion."""

    staff_id: int
    may_second: bool


def grounds_for_two(case: Case) -> tuple[Ground, ...]:
    """Why one person is not enough; nothing where one is."""
    found: list[Ground] = []
    if case.kind is DecisionKind.APPROVE:
        checks = (
            (case.is_over_value, Ground.VALUE),
            (not case.is_listed, Ground.UNIT_NOT_LISTED),
            (not case.has_proof, Ground.NO_PROOF),
            (case.is_second_remedy, Ground.SECOND_REMEDY),
            (case.is_asked, Ground.ASKED),
        )
        found += [ground for holds, ground in checks if holds]
    if case.is_appealed and case.kind in MERITS:
        found.append(Ground.APPEAL)
    return tuple(found)


def waits_for_second(case: Case, person: Person) -> bool:
    """Whether what a person decides waits for another.

    Of an appeal somebody who gives second opinions is the second person already: the first is who
    declined.
    """
    grounds = {*grounds_for_two(case)}
    if person.may_second:
        grounds.discard(Ground.APPEAL)
    return bool(grounds)


def is_barred(case: Case, person: Person) -> bool:
    """Whether a person may not decide this at all."""
    return case.is_appealed and person.staff_id in case.deciders


def may_settle(case: Case, person: Person) -> bool:
    """Whether a person may confirm or refuse what another proposes."""
    return (
        person.may_second
        and case.proposer is not None
        and person.staff_id != case.proposer
        and person.staff_id not in case.deciders
    )


def who_decided(before: Collection[tuple[int | None, int | None]]) -> frozenset[int]:
    """The people of earlier decisions, each as who decided and who agreed."""
    return frozenset(person for pair in before for person in pair if person is not None)
