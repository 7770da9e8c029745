"""The figures as tables: what stands behind each picture, and is handed out as a file. Pure.

Guarantee: a number that is made of rows names them; one that is not, such as a share, says so by
naming none.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from recalldesk.claims.reasons import LABELS, DecisionReason
from recalldesk.claims.states import DecisionKind, DecisionState, DeskList
from recalldesk.reports.desk_figures.definitions import DEFINITIONS, Definition, Figure
from recalldesk.reports.desk_figures.selection import Selection, Who
from recalldesk.reports.desk_figures.spans import AGES, TIMES
from recalldesk.reports.desk_figures.values import DeskFigures
from recalldesk.reports.desk_figures.words import duration

DECIDES = (DecisionKind.APPROVE, DecisionKind.DECLINE, DecisionKind.DUPLICATE)
OF_PEOPLE = (*DECIDES, DecisionKind.ASK_OWNER)
BY = {Who.RULE: "By the rule", Who.PERSON: "By people"}


@dataclass(frozen=True)
class Number:
    """A cell. `value` is what a file has, `shown` what a page has; `rows` stand behind it."""

    value: int | str
    shown: str
    rows: Selection | None = None


@dataclass(frozen=True)
class Line:
    """A row of a table."""

    title: str
    numbers: tuple[Number, ...]


@dataclass(frozen=True)
class Table:
    """`heads`: of the first column and of each number. `units`: what a file says beside a head.
    `total`: what the lines come to, where they do."""

    key: str
    definition: Definition
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    total: Line | None = None
    unit: str = ""

    @property
    def all_lines(self) -> Iterator[Line]:
        """The lines, and the total where there is one."""
        yield from self.lines
        if self.total:
            yield self.total

    @property
    def is_empty(self) -> bool:
        """Whether nothing is counted in it."""
        return not any(number.value for line in self.lines for number in line.numbers)


def count(number: int, rows: Selection | None = None) -> Number:
    """A number of rows."""
    return Number(number, f"{number:,}", rows)


def _time(wait: timedelta | None) -> Number:
    return Number("" if wait is None else int(wait.total_seconds()), duration(wait))


def day_table(figures: DeskFigures) -> Table:
    """Filed and decided on each day."""
    by_days = figures.by_days
    lines = []
    for day in figures.period.days:
        rule, person = (by_days.get((day, who), 0) for who in BY)
        lines.append(
            Line(
                f"{day:%a} {day.day} {day:%b %Y}",
                (
                    count(figures.filed.get(day, 0), Selection(Figure.FILED, day=day)),
                    count(rule, Selection(Figure.DECIDED, who=Who.RULE, day=day)),
                    count(person, Selection(Figure.DECIDED, who=Who.PERSON, day=day)),
                ),
            )
        )
    total = Line(
        "All",
        (
            count(figures.filed_count, Selection(Figure.FILED)),
            *(count(figures.decided(who=who), Selection(Figure.DECIDED, who=who)) for who in BY),
        ),
    )
    says = Definition(
        "Filed and decided, day by day",
        f"{DEFINITIONS[Figure.FILED].says} {DEFINITIONS[Figure.DECIDED].says}",
    )
    heads = ("Day", "Filed", "Decided by the rule", "Decided by people")
    return Table("days", says, heads, tuple(lines), total)


def waiting_table(figures: DeskFigures) -> Table:
    """What waits, by list and age."""

    def of(list_: DeskList | None, span: str | None) -> Number:
        found = sum(
            number
            for (each, age), number in figures.waiting.items()
            if (list_ is None or each is list_) and (span is None or age == span)
        )
        return count(found, Selection(Figure.WAITING, list=list_, span=span))

    spans = [span.key for span in AGES]
    lists = [each for each in DeskList if each is not DeskList.NONE]
    lines = [Line(each.label, tuple(of(each, span) for span in (*spans, None))) for each in lists]
    total = Line("All", tuple(of(None, span) for span in (*spans, None)))
    heads = ("List", *(span.title for span in AGES), "All")
    return Table("waiting", DEFINITIONS[Figure.WAITING], heads, tuple(lines), total)


def time_table(figures: DeskFigures) -> Table:
    """How long deciding took."""
    lines = []
    for who in (*BY, None):
        wait, since_sent = figures.times[who], figures.all_times[who]
        chosen = Selection(Figure.TIME, who=who)
        numbers = (wait.median, wait.ninetieth, since_sent.median, since_sent.ninetieth)
        title = "All" if who is None else BY[who]
        lines.append(Line(title, (count(figures.decided(who=who), chosen), *map(_time, numbers))))
    heads = ("", "Decided", "Median", "90th percentile", "From sent, median", "From sent, 90th")
    says = f"{DEFINITIONS[Figure.TIME].says} From sent: {_low(DEFINITIONS[Figure.ALL_TIME].says)}"
    definition = Definition(DEFINITIONS[Figure.TIME].title, says)
    return Table("times", definition, heads, tuple(lines[:2]), lines[2], unit="seconds")


def span_table(figures: DeskFigures) -> Table:
    """Within which time claims were decided."""
    lines = [
        Line(
            span.title,
            tuple(
                count(
                    figures.spans.get((span.key, who), 0),
                    Selection(Figure.TIME, who=who, span=span.key),
                )
                for who in BY
            ),
        )
        for span in TIMES
    ]
    total = Line("All", tuple(_decided_by_both(figures)))
    definition = Definition("Decided within", "The times of “Time to decide”, one by one.")
    return Table("within", definition, ("Time", *BY.values()), tuple(lines), total)


def kind_table(figures: DeskFigures) -> Table:
    """What was decided."""
    lines = []
    for kind in DecisionKind:
        numbers = [figures.of_kind(kind, who) for who in BY]
        cells = [
            count(number, Selection(Figure.DECISIONS, who=who, kind=kind))
            for number, who in zip(numbers, BY, strict=True)
        ]
        cells.append(count(sum(numbers), Selection(Figure.DECISIONS, kind=kind)))
        lines.append(Line(kind.label, tuple(cells)))
    heads = ("What was decided", *BY.values(), "All")
    return Table("kinds", DEFINITIONS[Figure.DECISIONS], heads, tuple(lines))


def reason_table(figures: DeskFigures) -> Table:
    """For which reasons, the most frequent first."""
    totals: dict[str, int] = {}
    for (reason, _), number in figures.reasons.items():
        totals[reason] = totals.get(reason, 0) + number
    lines = [
        Line(
            reason_words(reason),
            (
                *(
                    count(
                        figures.reasons.get((reason, who), 0),
                        Selection(Figure.REASONS, who=who, reason=reason),
                    )
                    for who in BY
                ),
                count(totals[reason], Selection(Figure.REASONS, reason=reason)),
            ),
        )
        for reason in sorted(totals, key=lambda each: (-totals[each], each))
    ]
    heads = ("Reason", *BY.values(), "All")
    return Table("reasons", DEFINITIONS[Figure.REASONS], heads, tuple(lines))


def promise_table(figures: DeskFigures) -> Table:
    """Promises kept, kept late, and late now."""
    kept, late = (figures.promises(is_kept=each) for each in (True, False))
    lines = (
        Line("Kept on the day or before", (count(kept, Selection(Figure.PROMISES)),)),
        Line("Kept late", (count(late, Selection(Figure.LATE)),)),
        Line("Late now", (count(figures.late_now, Selection(Figure.LATE_NOW)),)),
    )
    definition = Definition(
        "Promises", f"{DEFINITIONS[Figure.PROMISES].says} {DEFINITIONS[Figure.LATE_NOW].says}"
    )
    return Table("promises", definition, ("Promises to owners", "Claims"), lines)


def reviewer_table(figures: DeskFigures) -> Table:
    """What each person decided, by name: no order by how much."""
    lines = []
    for (name, staff), kinds in figures.reviewers.items():
        cells = [
            count(kinds.get(kind, 0), Selection(Figure.REVIEWERS, staff=staff, kind=kind))
            for kind in OF_PEOPLE
        ]
        cells.append(count(sum(kinds.values()), Selection(Figure.REVIEWERS, staff=staff)))
        lines.append(Line(name, tuple(cells)))
    heads = ("Reviewer", *(kind.label for kind in OF_PEOPLE), "All")
    return Table("reviewers", DEFINITIONS[Figure.REVIEWERS], heads, tuple(lines))


def second_table(figures: DeskFigures) -> Table:
    """What each person settled as the second one."""

    def of(staff: int, number: int, state: DecisionState) -> Number:
        return count(number, Selection(Figure.SECONDS, staff=staff, settled=state))

    lines = [
        Line(
            each.name,
            (
                of(each.staff, each.agreed, DecisionState.FINAL),
                of(each.staff, each.refused, DecisionState.REFUSED),
            ),
        )
        for each in figures.seconds
    ]
    heads = ("Second person", "Agreed", "Refused")
    return Table("seconds", DEFINITIONS[Figure.SECONDS], heads, tuple(lines))


TABLES: dict[str, Callable[[DeskFigures], Table]] = {
    "days": day_table,
    "waiting": waiting_table,
    "times": time_table,
    "within": span_table,
    "kinds": kind_table,
    "reasons": reason_table,
    "promises": promise_table,
    "reviewers": reviewer_table,
    "seconds": second_table,
}
"""Every table by its key."""
TABLES_OF_PEOPLE = frozenset({"reviewers", "seconds"})


def reason_words(key: str) -> str:
    """A reason in words: the rule's have a label, a recall's own are their keys."""
    if key in set(DecisionReason):
        return LABELS[DecisionReason(key)]
    return key.replace("-", " ").replace("_", " ").capitalize()


def _decided_by_both(figures: DeskFigures) -> Iterable[Number]:
    return (count(figures.decided(who=who), Selection(Figure.DECIDED, who=who)) for who in BY)


def _low(text: str) -> str:
    return text[0].lower() + text[1:]
