"""Counts what was corrected and got rid of. One grouped query for each kind of number.

Guarantees: whoever may not see figures gets none; a level that a recall does not state is not made
up.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date

from django.db.models import Count, DateField, Q, Sum
from django.db.models.functions import Coalesce, TruncWeek

from recalldesk.accounts.looking import Looking, require_look
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.models import Claim
from recalldesk.recalls.document import Document
from recalldesk.recalls.reads import LiveRecall
from recalldesk.remedies.corrections.states import Level, Measure
from recalldesk.reports.corrections import sources
from recalldesk.reports.corrections.definitions import Counted, gift_cards_say
from recalldesk.reports.corrections.selection import Chosen
from recalldesk.reports.desk_figures.period import Period


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
    measures, in_period, so_far = _levels(ids, period)
    affected = affected_units([each.document for each in recalls])
    return CorrectionFigures(
        period=period,
        levels={
            level: LevelFigures(affected.get(level), in_period.get(level, 0), so_far.get(level, 0))
            for level in Level
        },
        measures=measures,
        weeks=_weeks(ids, period),
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
    ids: Collection[int], period: Period
) -> tuple[dict[tuple[Level, Measure], int], dict[Level, int], dict[Level, int]]:
    rows = sources.corrections_of(ids, period, Chosen(Counted.CORRECTED, so_far=True))
    now = Q(counted_at__gte=period.begins_at)
    found = (
        rows.values("level", "measure")
        .annotate(so_far=Sum("units"), in_period=Coalesce(Sum("units", filter=now), 0))
        .order_by()
    )
    measures, in_period, so_far = {}, dict.fromkeys(Level, 0), dict.fromkeys(Level, 0)
    for each in found:
        level, measure = Level(each["level"]), Measure(each["measure"])
        measures[level, measure] = each["so_far"]
        in_period[level] += each["in_period"]
        so_far[level] += each["so_far"]
    return measures, in_period, so_far


def _weeks(ids: Collection[int], period: Period) -> dict[tuple[date, Level], int]:
    rows = sources.corrections_of(ids, period, Chosen(Counted.CORRECTED))
    week = TruncWeek("counted_at", tzinfo=UTC, output_field=DateField())
    found = rows.values("level", week=week).annotate(count=Sum("units")).order_by()
    return {(each["week"], Level(each["level"])): each["count"] for each in found}


def _disposal(ids: Collection[int]) -> Mapping[Counted, int]:
    asked = {
        figure.name.lower(): Count("pk", filter=which) for figure, which in sources.DISPOSAL.items()
    }
    any_of = Q()
    for which in sources.DISPOSAL.values():
        any_of |= which
    found = Claim.objects.filter(any_of, recall_id__in=ids).aggregate(**asked)
    return {figure: found[figure.name.lower()] for figure in sources.DISPOSAL}
