"""What was corrected and got rid of, from the sums that are kept of each day.

Guarantees: the numbers are those of the rows at this moment (`reports.sums`); whoever may
not see figures gets none; a level that a recall does not state is not made up.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from recalldesk.accounts.looking import Looking, require_look
from recalldesk.accounts.permissions import Permission
from recalldesk.recalls.document import Document
from recalldesk.recalls.reads import LiveRecall
from recalldesk.remedies.corrections.states import Level, Measure
from recalldesk.reports.corrections import sources
from recalldesk.reports.corrections.definitions import Counted, gift_cards_say
from recalldesk.reports.corrections.selection import week_of
from recalldesk.reports.desk_figures.period import Period
from recalldesk.reports.sums.names import Kind
from recalldesk.reports.sums.reads import Sum, sums_of


@dataclass(frozen=True)
class LevelFigures:
    """One level. `affected` is None where a recall does not state it."""

    affected: int | None
    in_period: int
    so_far: int


@dataclass(frozen=True)
class CorrectionFigures:
    """All of them. Each mapping holds only what is not nothing, but for `levels`."""

    period: Period
    levels: Mapping[Level, LevelFigures]
    measures: Mapping[tuple[Level, Measure], int]
    weeks: Mapping[tuple[date, Level], int]
    disposal: Mapping[Counted, int]
    both: int
    gift_cards: str

    @property
    def all_levels(self) -> LevelFigures:
        """The levels together."""
        affected = [each.affected for each in self.levels.values()]
        known = [each for each in affected if each is not None]
        return LevelFigures(
            sum(known) if len(known) == len(affected) else None,
            sum(each.in_period for each in self.levels.values()),
            sum(each.so_far for each in self.levels.values()),
        )


def corrections_of(
    recalls: Collection[LiveRecall], period: Period, *, by: Looking
) -> CorrectionFigures:
    """The figures of these recalls. Raises NotPermitted."""
    ids = [each.recall_id for each in recalls]
    require_look(by, Permission.SEE_FIGURES, ids)
    in_days = sums_of([Kind.CORRECTED], ids, first=period.first, last=period.last, by_day=True)
    measures, in_period, so_far = _levels(ids, in_days, period)
    affected = affected_units([each.document for each in recalls])
    return CorrectionFigures(
        period=period,
        levels={
            level: LevelFigures(affected.get(level), in_period.get(level, 0), so_far.get(level, 0))
            for level in Level
        },
        measures=measures,
        weeks=_weeks(in_days),
        disposal=_disposal(ids),
        both=sources.reported_and_remedied(ids).count(),
        gift_cards=gift_cards_say([each.document for each in recalls]),
    )


def affected_units(documents: Collection[Document]) -> Mapping[Level, int]:
    """The units at each level, as the recalls state them; nothing where one of them does not."""
    stated = [part.levels for document in documents for part in document.jurisdictions]
    known = [levels for levels in stated if levels is not None]
    if not known or len(known) < len(stated):
        return {}
    return {level: sum(getattr(each, level.value) for each in known) for level in Level}


def _levels(
    ids: Collection[int], in_days: Collection[Sum], period: Period
) -> tuple[dict[tuple[Level, Measure], int], dict[Level, int], dict[Level, int]]:
    measures = Counter[tuple[Level, Measure]]()
    in_period, so_far = dict.fromkeys(Level, 0), dict.fromkeys(Level, 0)
    for each in sums_of([Kind.CORRECTED], ids, last=period.last):
        level, measure = Level(each.parts[0]), Measure(each.parts[1])
        measures[level, measure] += each.value
        so_far[level] += each.value
    for each in in_days:
        in_period[Level(each.parts[0])] += each.value
    return measures, in_period, so_far


def _weeks(in_days: Collection[Sum]) -> dict[tuple[date, Level], int]:
    weeks = Counter[tuple[date, Level]]()
    for each in in_days:
        assert each.day is not None
        weeks[week_of(each.day), Level(each.parts[0])] += each.value
    return weeks


def _disposal(ids: Collection[int]) -> Mapping[Counted, int]:
    found = Counter[Counted]()
    for each in sums_of([Kind.DISPOSAL], ids):
        found[Counted(each.parts[0])] += each.value
    return {figure: found[figure] for figure in sources.DISPOSAL}
