"""What the form of a text says where no scope holds it: a serial of these products, or of what?

Guarantee: naming a model can only make the answer more careful than naming none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from recalldesk.foundation.serial_form import normalise
from recalldesk.units.verdict.answer import Verdict, Why
from recalldesk.units.verdict.known import KnownProduct, KnownVersion

GENERIC_PREFIXES = ("S/N", "SN", "SERIAL", "SERIALNO", "SERIALNUMBER")
PUNCTUATION = ":.#"


@dataclass(frozen=True)
class FormFinding:
    """The verdict by form alone, and the recalls whose products it speaks of."""

    verdict: Verdict
    why: Why
    concerned: frozenset[str]
    named: tuple[tuple[str, str], ...] = ()


Known = tuple[KnownVersion, KnownProduct]


def readings_of(typed: str, versions: Iterable[KnownVersion]) -> list[str]:
    """The texts that may be the serial: first without a label such as "SN", then as typed."""
    prefixes = {normalise(p.prefix) for v in versions for p in v.products}
    without = [
        rest
        for prefix in sorted({*prefixes, *GENERIC_PREFIXES} - {""}, key=len, reverse=True)
        if typed.startswith(prefix) and (rest := typed[len(prefix) :].lstrip(PUNCTUATION))
    ]
    return list(dict.fromkeys([*without, typed.lstrip(PUNCTUATION), typed]))


def judge_form(
    typed: str, *, models: Sequence[str], versions: Sequence[KnownVersion]
) -> FormFinding:
    """The verdict for a normalised text that is in no scope and within reach of none."""
    known = [(version, product) for version in versions for product in version.products]
    fitting = [(v, p) for v, p in known if p.fits(typed)]
    asked = {name for name in map(normalise, models) if name}
    pool = [(v, p) for v, p in known if not asked or not asked.isdisjoint(p.also_called)]
    if asked and not pool:
        return _look_again(Why.UNKNOWN_MODEL, fitting)
    fit = [entry for entry in fitting if entry in pool]
    if not fit:
        return _wrong_form(typed, pool, fitting)
    if not any(p.may_be_made(typed) for _, p in fit):
        return _look_again(Why.NOT_MADE, fit)
    in_doubt = frozenset(v.recall for v, p in fitting if v.is_in_doubt(p))
    in_doubt |= {version.recall for version in versions if version.rejected.may_hold(typed)}
    concerned = frozenset(v.recall for v, _ in fit) | in_doubt
    if in_doubt:
        return FormFinding(Verdict.ASK_A_PERSON, Why.LIST_IN_DOUBT, concerned)
    return FormFinding(Verdict.NOT_AFFECTED, Why.OUT_OF_SCOPE, concerned)


def _look_again(
    why: Why, concerned: Iterable[Known], named: dict[str, str] | None = None
) -> FormFinding:
    recalls = frozenset(version.recall for version, _ in concerned)
    return FormFinding(Verdict.LOOK_AGAIN, why, recalls, named=tuple((named or {}).items()))


def _wrong_form(typed: str, pool: list[Known], fitting: list[Known]) -> FormFinding:
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
