"""A doubt that a scanned bar code settles: whether the text was read as it stands on the unit.

Guarantees: a covered serial is never settled, nor a text that may be one with something around it,
or one of which a character is missing at an end; nothing that is doubtful for another reason than
a slip of finger or eye is. See docs/verdict.md.
"""

from collections.abc import Iterator, Sequence

from recalldesk.foundation.serial_form import normalise
from recalldesk.units.verdict.answer import Verdict, Why
from recalldesk.units.verdict.forms import judge_form
from recalldesk.units.verdict.known import KnownProduct, KnownVersion
from recalldesk.units.verdict.live_versions import LiveVersions
from recalldesk.units.verdict.rules import WELL_FORMED, Decision
from recalldesk.units.verdict.scope import Scope

SLIPS = frozenset({Why.SLIP, Why.LOOK_ALIKE})


def settled_by_scan(
    first: Decision, *, text: str, models: Sequence[str], live: LiveVersions
) -> Decision | None:
    """`not_affected` where that the text was read right is all that was in doubt; else None.

    `first` is the first look at the same text. `live` must be all there are, and the newest.
    """
    scanned = text.strip()
    if not only_a_slip_was_feared(first) or normalise(scanned) != scanned:
        return None
    form = judge_form(scanned, models=models, live=live)
    if form.verdict is not Verdict.NOT_AFFECTED or _another_reading_is_in_doubt(scanned, live):
        return None
    meant = tuple(_meant(models, live.versions))
    if not any(_is_itself_a_serial(scanned, product) for product in meant):
        return None
    if any(product.other_number(scanned) is not None for product in meant):
        return None
    if any(
        _may_be_more_or_less_than_a_serial(scanned, scope)
        for version in live.versions
        for scope in version.scopes
    ):
        return None
    named = form.concerned | {answer.recall for answer in first.recalls}
    recalls = live.answers_of(frozenset(named), Verdict.NOT_AFFECTED)
    return Decision(Verdict.NOT_AFFECTED, Why.SCANNED, recalls, scanned)


def only_a_slip_was_feared(first: Decision) -> bool:
    """Whether that it was read wrong is all that a first look can hold against a text."""
    return first.verdict is Verdict.NOT_AFFECTED or (
        first.verdict is Verdict.LOOK_AGAIN and first.why in SLIPS
    )


def _another_reading_is_in_doubt(scanned: str, live: LiveVersions) -> bool:
    """Whether the text without a label is a serial that may be recalled, or was never made."""
    findings = (judge_form(reading, models=(), live=live) for reading in live.readings_of(scanned))
    return any(f.why in WELL_FORMED and f.verdict is not Verdict.NOT_AFFECTED for f in findings)


def _meant(models: Sequence[str], versions: Sequence[KnownVersion]) -> Iterator[KnownProduct]:
    """The products of the models named, or all."""
    asked = {name for name in map(normalise, models) if name}
    for version in versions:
        for product in version.products:
            if not asked or not asked.isdisjoint(product.also_called):
                yield product


def _is_itself_a_serial(scanned: str, product: KnownProduct) -> bool:
    """Whether the product bears such serials, with no label left off and nothing folded: a code
    holds no character that the product never prints."""
    return product.form.is_well_formed(scanned) and product.may_be_made(scanned)


def _may_be_more_or_less_than_a_serial(scanned: str, scope: Scope) -> bool:
    """Whether a label, a model or a check digit may stand beside a covered serial in the code, or
    the code lack one character of it."""
    return holds_a_part(scope, scanned) or _holds_it_with_one_more(scope, scanned)


def holds_a_part(scope: Scope, scanned: str) -> bool:
    """Whether a covered serial stands inside the text: what was scanned is exact, so it would stand
    there as it is."""
    return any(
        scope.holds(scope.form.fold(scanned[at : at + length]))
        for length in scope.lengths
        for at in range(len(scanned) - length + 1)
        if 0 < length < len(scanned)
    )


def _holds_it_with_one_more(scope: Scope, scanned: str) -> bool:
    if len(scanned) + 1 not in scope.lengths:
        return False
    folded = scope.form.fold(scanned)
    return any(
        scope.holds(character + folded) or scope.holds(folded + character)
        for character in scope.form.alphabet
    )
