"""What the form of a text says where no scope holds it: a serial of these products, or of what?

Guarantee: naming a model can only make the answer more careful than naming none.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from recalldesk.foundation.serial_form import normalise
from recalldesk.units.verdict.answer import Verdict, Why
from recalldesk.units.verdict.live_versions import Fitting, Known, LiveVersions


class FormFinding(NamedTuple):
    """The verdict by form alone, and the recalls whose products it speaks of."""

    verdict: Verdict
    why: Why
    concerned: frozenset[str]
    named: tuple[tuple[str, str], ...] = ()


def judge_form(typed: str, *, models: Sequence[str], live: LiveVersions) -> FormFinding:
    """The verdict for a normalised text that is in no scope and within reach of none."""
    fitting = live.fitting(typed)
    asked = {name for name in map(normalise, models) if name} if models else ()
    pool, fit = live.products, fitting
    if asked:
        pool = tuple((v, p) for v, p in pool if not asked.isdisjoint(p.also_called))
        named = tuple((v, p) for v, p in fitting.products if not asked.isdisjoint(p.also_called))
        fit = Fitting(named)
    if not pool:
        return _look_again(Why.UNKNOWN_MODEL, fitting.products)
    if not fit.products:
        return _wrong_form(typed, pool, fitting.products)
    if not fit.any_may_be_made and not any(p.may_be_made(typed) for _, p in fit.products):
        return _look_again(Why.NOT_MADE, fit.products)
    in_doubt = fitting.in_doubt | live.in_doubt_by_lines(typed)
    if in_doubt:
        return FormFinding(Verdict.ASK_A_PERSON, Why.LIST_IN_DOUBT, fit.recalls | in_doubt)
    return FormFinding(Verdict.NOT_AFFECTED, Why.OUT_OF_SCOPE, fit.recalls)


def _look_again(
    why: Why, concerned: Iterable[Known], named: dict[str, str] | None = None
) -> FormFinding:
    recalls = frozenset(version.recall for version, _ in concerned)
    return FormFinding(Verdict.LOOK_AGAIN, why, recalls, named=tuple((named or {}).items()))


def _wrong_form(typed: str, pool: Sequence[Known], fitting: Sequence[Known]) -> FormFinding:
    """The text is no serial of the products meant; what is it, then?"""
    for _, product in pool:
        other = product.other_number(typed)
        if other is not None:
            return _look_again(Why.OTHER_FORM, pool, other)
    if fitting:
        names = {tuple(product.name.items()) for _, product in fitting}
        return _look_again(Why.SISTER_PRODUCT, pool, dict(names.pop()) if len(names) == 1 else None)
    if not typed:
        return _look_again(Why.EMPTY, pool)
    if all(len(typed) < product.form.shortest for _, product in pool):
        return _look_again(Why.TOO_SHORT, pool)
    if all(len(typed) > product.form.longest for _, product in pool):
        return _look_again(Why.TOO_LONG, pool)
    return _look_again(Why.WRONG_FORM, pool)
