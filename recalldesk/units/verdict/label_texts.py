"""What the texts of a label say about each other, and about a text that was typed.

Guarantee: two texts are the same serial only if every product whose form either has reads them so.
"""

from collections.abc import Iterable, Iterator

from recalldesk.foundation.serial_form import normalise
from recalldesk.reading.seen import SerialCandidate
from recalldesk.units.verdict.answer import Verdict
from recalldesk.units.verdict.known import KnownProduct
from recalldesk.units.verdict.live_versions import LiveVersions
from recalldesk.units.verdict.rules import look
from recalldesk.units.verdict.scanned import holds_a_part
from recalldesk.units.verdict.scope import Nearness


def _products(texts: Iterable[str], live: LiveVersions) -> list[KnownProduct]:
    """The products whose form one of the normalised texts has."""
    texts = list(texts)
    return [product for _, product in live.products if any(map(product.fits, texts))]


def serial_that_both_are(candidate: SerialCandidate, typed: str, live: LiveVersions) -> str | None:
    """The serial, as its products print it, that was typed and read; None where they differ, or
    where products disagree on what they are."""
    seen = normalise(candidate.text)
    for reading in live.readings_of(normalise(typed)):
        products = _products((seen, reading), live)
        if not products and reading == seen:
            return seen
        folded = {product.form.fold(seen) for product in products}
        if len(folded) == 1 and all(
            product.form.fold(reading) == product.form.fold(seen) for product in products
        ):
            return folded.pop()
    return None


def apart(candidate: str, typed: str, live: LiveVersions) -> tuple[int, ...]:
    """The places, from 1, at which a typed text is not what was read; none where they cannot be
    told, as with another count of characters."""
    seen = normalise(candidate)
    if len(seen) != len(typed):
        return ()
    products = _products((seen,), live)
    one, other = (products[0].form.fold(t) if products else t for t in (seen, typed))
    return tuple(
        place for place, pair in enumerate(zip(one, other, strict=True), 1) if pair[0] != pair[1]
    )


def is_contradicted(serial: str, earlier: Iterable[SerialCandidate], live: LiveVersions) -> bool:
    """Whether another photo reads something else at a place that it does not call doubtful."""
    for candidate in earlier:
        seen = normalise(candidate.text)
        if len(seen) != len(serial):
            if not candidate.doubtful:
                return True
            continue
        different = apart(seen, serial, live)
        if any(place - 1 not in candidate.doubtful for place in different):
            return True
    return False


def others_may_be_recalled(serial: str, texts: Iterable[str], live: LiveVersions) -> bool:
    """Whether any of the texts, apart from the serial that stands in it, is covered or within reach
    of a covered serial, or holds one."""
    return any(_may_be_recalled(serial, normalise(text), live) for text in set(texts))


def _may_be_recalled(serial: str, text: str, live: LiveVersions) -> bool:
    if text == serial:
        return False
    beside = _beside(serial, text, live)
    if beside is None:
        return _is_near(text, live)
    holds_one = any(holds_a_part(s, text) for v in live.versions for s in v.scopes)
    return (
        holds_one
        or any(_is_near(rest, live) for rest in beside if rest)
        or any(_comes_near(reading, live) for reading in _longer_readings(serial, text, live))
    )


def _beside(serial: str, text: str, live: LiveVersions) -> list[str] | None:
    """What stands around the serial in the text; None where it does not stand there."""
    for product in _products((serial,), live):
        folded = product.form.fold(text)
        if serial in folded:
            return folded.split(serial)
    return None


def _longer_readings(serial: str, text: str, live: LiveVersions) -> Iterator[str]:
    """The ways to read the text other than as the serial alone."""
    folds = [product.form.fold for product in _products((serial,), live)]
    for reading in live.readings_of(text):
        if all(fold(reading) != serial for fold in folds):
            yield reading


def _is_near(text: str, live: LiveVersions) -> bool:
    decision = look(text, live)
    return decision.within_reach or decision.verdict is Verdict.AFFECTED


def _comes_near(reading: str, live: LiveVersions) -> bool:
    """As a whole: what stands inside it was looked at before."""
    return bool(live.covering(reading)) or any(
        scope.reach(folded).nearness is not Nearness.FAR for _, scope, folded in live.near(reading)
    )
