"""How claims are decided: by the rule or by people, and why one is declined."""

from collections.abc import Iterator

from pydantic import Field

from recalldesk.recalls.document.parts import Count, Key, Money, Part, Problem, Rule, Text

FARTHEST = 31
"""Bits. No photo that differs in more is found again."""


class Limits(Part):
    """Units, or owners, of this recall that may share something. With one more a person looks."""

    person: Count = Field(3, ge=1, le=200)
    address: Count = Field(4, ge=1, le=200)
    house: Count = Field(6, ge=1, le=200)
    payee: Count = Field(4, ge=1, le=200)
    network: Count = Field(3, ge=1, le=200)
    owners_at_address: Count = Field(2, ge=1, le=50)
    owners_of_payee: Count = Field(1, ge=1, le=50)


class DeclineReason(Part):
    """Why a person may decline a claim."""

    key: Key
    title: Text
    text: Text


class Review(Part):
    """How claims are decided."""

    by_rule: bool = True
    limits: Limits = Limits()
    copy_within: Count = Field(10, ge=0, le=FARTHEST)
    like_within: Count = Field(FARTHEST, ge=0, le=FARTHEST)
    wait_before_order_days: Count = Field(7, ge=0, le=60)
    second_person_over: Money | None = None
    decline_reasons: tuple[DeclineReason, ...] = ()

    def _told_apart(self) -> Iterator[Problem]:
        keys = [reason.key for reason in self.decline_reasons]
        for place, key in enumerate(keys):
            if key in keys[:place]:
                yield (
                    ("decline_reasons", place, "key"),
                    f"{key!r} is the key of two decline_reasons",
                )

    def _copies_are_like(self) -> Iterator[Problem]:
        if self.copy_within > self.like_within:
            yield (
                ("copy_within",),
                f"is {self.copy_within}: it can be no more than like_within, {self.like_within}",
            )

    rules = (
        Rule(_told_apart, ("decline_reasons.*.key",)),
        Rule(_copies_are_like, ("copy_within", "like_within")),
    )
