"""What a list can be narrowed to: the choices of its form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from recalldesk.claims.desk_days import Due
from recalldesk.claims.desk_queue.filters import Assigned, Filters
from recalldesk.claims.desk_queue.lists import QueueList
from recalldesk.claims.states import Channel
from recalldesk.console.queue_words import REASONS, STATES, reason_in_short
from recalldesk.recalls.reads import LiveRecall

DUE = {Due.LATE: "late", Due.TODAY: "late or today", Due.SOON: "in 2 working days"}
ASSIGNED = {Assigned.NOBODY: "nobody yet", Assigned.ME: "me", Assigned.ANYBODY: "anybody"}


@dataclass(frozen=True)
class Choice:
    """One filter of the form. `options`: value and words, the first one being no filter."""

    name: str
    label: str
    chosen: str
    options: tuple[tuple[str, str], ...]


def choices_for(filters: Filters, recalls: Iterable[LiveRecall]) -> list[Choice]:
    """The filters that make sense for a list, each with what is chosen."""
    recalls = list(recalls)
    slugs = {live.slug: live.slug for live in recalls}
    countries = {str(code): str(code) for live in recalls for code in live.document.countries}
    remedies = {
        each.key: each.key.replace("-", " ") for live in recalls for each in live.document.remedies
    }
    reasons = dict(sorted(REASONS.items(), key=lambda each: each[1]))
    found = [
        _choice("due", "Due", filters.due, "any day", DUE),
        _choice("reason", "Reason", filters.reason, "any reason", reasons),
        _choice("channel", "Came by", filters.channel, "any way", _channels()),
        _choice("assigned", "With", filters.assigned, "whoever", ASSIGNED),
        _choice("country", "Country", filters.country, "any country", countries),
        _choice("remedy", "Remedy", filters.remedy, "any remedy", remedies),
    ]
    if filters.list in (QueueList.ALL, QueueList.PROMISE) or filters.state:
        found.insert(0, _choice("state", "State", filters.state, "any state", STATES))
    if len(slugs) > 1 or filters.recall:
        found.insert(0, _choice("recall", "Recall", filters.recall, "every recall", slugs))
    return found


def _channels() -> dict[Channel, str]:
    return {each: str(each.label).lower() for each in Channel}


def _choice(
    name: str, label: str, chosen: str | None, without: str, options: Mapping[Any, str]
) -> Choice:
    """One filter; what stands in the address and not among the options is an option too."""
    known = {str(value): words for value, words in options.items()}
    value = str(chosen or "")
    if value and value not in known:
        known[value] = reason_in_short(value)
    return Choice(name, label, value, (("", without), *known.items()))
