"""A doubt that the photo of a label settles: whether what was typed is what stands on the unit.

Guarantees: a covered serial is never settled; a text is only where the photo reads it with no place
in doubt, no other text of the label may be a recalled serial, and no covered one is the text with a
character more or less; whatever is doubtful for another reason stays so. See docs/verdict.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from recalldesk.reading.seen import LabelReading, SerialCandidate, Source
from recalldesk.units.verdict.answer import Verdict, Why
from recalldesk.units.verdict.forms import judge_form
from recalldesk.units.verdict.label_texts import apart, is_contradicted, others_may_be_recalled
from recalldesk.units.verdict.label_texts import serial_that_both_are as both
from recalldesk.units.verdict.live_versions import LiveVersions
from recalldesk.units.verdict.printed import serials_printed
from recalldesk.units.verdict.rules import Decision, look, to_a_person
from recalldesk.units.verdict.scanned import only_a_slip_was_feared, settled_by_scan
from recalldesk.units.verdict.scope import Scope

MOST_NAMED = 4
"""Where more places differ, the photo mostly shows another number, and none is named."""

MOST_CODES = 12
"""Bar codes of one label. A photo of more would ask about each of them for the price of a check."""

MOST_PRINTED = 6
"""Printed texts of one label that have the form of a serial, for the same reason. Some labels bear
other numbers that look like one; a sheet of them is no label."""


@dataclass(frozen=True)
class Photographed:
    """What was read in the photo of a label, and how it came to the text that is asked about.

    `earlier`: the likeliest serials in photos of the same unit that were taken before.
    `is_retyped`: the text was typed after the photo was read. `is_last_photo`, `is_last_text`: none
    may follow.
    """

    reading: LabelReading
    earlier: tuple[SerialCandidate, ...] = ()
    is_retyped: bool = False
    is_last_photo: bool = False
    is_last_text: bool = False

    @property
    def likeliest(self) -> SerialCandidate | None:
        """What is most likely the serial."""
        return self.reading.candidates[0] if self.reading.candidates else None


@dataclass(frozen=True)
class TypedText:
    """A text, the first look at it, and what typing alone leads to after earlier attempts."""

    text: str
    first: Decision
    bound: Decision
    same_again: bool
    models: Sequence[str] = ()


def seen_in_photo(typed: TypedText, photo: Photographed, live: LiveVersions) -> Decision:
    """The verdict on a text that no scope covers, with the photo of the label.

    `not_affected` must then still be held back unless `live` is all there is, and the newest.
    """
    if _shows_many(photo.reading, live):
        return _once_more(typed, photo, Why.UNREADABLE_PHOTO, is_in_reach=True)
    return (
        _covered(photo.reading, live)
        or _settled(typed, photo, live)
        or _left_in_doubt(typed, photo, live)
    )


def _shows_many(reading: LabelReading, live: LiveVersions) -> bool:
    """Whether there is more in the photo than one label bears."""
    if len({code.text for code in reading.bar_codes}) > MOST_CODES:
        return True
    printed = serials_printed((line.text for line in reading.lines), live)
    return len(printed) > MOST_PRINTED


def _covered(reading: LabelReading, live: LiveVersions) -> Decision | None:
    """`affected` where the label bears a covered serial, by a code or in print without a doubt."""
    sure = (c.text for c in reading.candidates if c.source is Source.BAR_CODE or not c.doubtful)
    for text in (*sure, *(code.text for code in reading.bar_codes)):
        decision = look(text, live)
        if decision.verdict is Verdict.AFFECTED:
            return decision
    return None


def _settled(typed: TypedText, photo: Photographed, live: LiveVersions) -> Decision | None:
    """`not_affected` where that the text was read wrong is all that was in doubt; else None."""
    likeliest = photo.likeliest
    if likeliest is None or likeliest.doubtful or not only_a_slip_was_feared(typed.first):
        return None
    serial = both(likeliest, typed.text, live)
    if serial is None or is_contradicted(serial, photo.earlier, live):
        return None
    if others_may_be_recalled(serial, _texts(typed.text, photo.reading), live):
        return None
    first = look(serial, live, typed.models)
    settled = settled_by_scan(first, text=serial, models=typed.models, live=live)
    if settled is None or not _speaks_for_its_model(serial, photo.reading.model, live):
        return None
    if any(_is_one_more_or_less(serial, s) for version in live.versions for s in version.scopes):
        return None
    return replace(settled, why=Why.PHOTOGRAPHED)


def _texts(typed: str, reading: LabelReading) -> Iterator[str]:
    """All that stands on the label, and what was typed, as a whole."""
    yield typed
    yield from (candidate.text for candidate in reading.candidates)
    yield from (code.text for code in reading.bar_codes)
    yield from (line.text for line in reading.lines)


def _speaks_for_its_model(serial: str, model: str, live: LiveVersions) -> bool:
    """Whether the model on the label, where one was read, raises no doubt of its own."""
    if not model:
        return True
    return judge_form(serial, models=(model,), live=live).verdict is Verdict.NOT_AFFECTED


def _is_one_more_or_less(serial: str, scope: Scope) -> bool:
    """Whether a covered serial is this one with a character more or less, at any place.

    Where one is left out, or read twice, nothing wrong stands in the reading to be doubted.
    """
    folded, lengths = scope.form.fold(serial), scope.lengths
    if len(folded) - 1 in lengths and any(
        scope.holds(folded[:place] + folded[place + 1 :]) for place in range(len(folded))
    ):
        return True
    return len(folded) + 1 in lengths and any(
        scope.holds(folded[:place] + character + folded[place:])
        for place in range(len(folded) + 1)
        for character in scope.form.alphabet
    )


def _left_in_doubt(typed: TypedText, photo: Photographed, live: LiveVersions) -> Decision:
    """What is to be done where the photo settled nothing."""
    likeliest = photo.likeliest
    if likeliest is None:
        return _next_step(typed, photo, Why.UNREADABLE_PHOTO, live)
    if both(likeliest, typed.text, live) is None:
        places = apart(likeliest.text, typed.first.read_as, live)
        named = places if len(places) <= MOST_NAMED else ()
        return _next_step(typed, photo, Why.READS_OTHERWISE, live, named)
    if likeliest.doubtful:
        same_length = len(likeliest.text) == len(typed.first.read_as)
        places = tuple(place + 1 for place in likeliest.doubtful) if same_length else ()
        return _next_step(typed, photo, Why.UNCLEAR_PHOTO, live, places)
    # It reads what was typed, and something else is in doubt: no other text or photo mends that.
    is_known = typed.first.verdict is Verdict.ASK_A_PERSON
    return to_a_person(typed.first, typed.first.why if is_known else Why.STILL_IN_DOUBT)


def _next_step(
    typed: TypedText,
    photo: Photographed,
    why: Why,
    live: LiveVersions,
    look_at: tuple[int, ...] = (),
) -> Decision:
    """Another look at text or photo, or a person; what typing alone settles stays settled, unless
    the photo reads something else, or a text of the label may be a recalled serial."""
    is_otherwise, seen = why is Why.READS_OTHERWISE, _texts(typed.text, photo.reading)
    is_settled = typed.bound.verdict is Verdict.NOT_AFFECTED
    is_alone = is_settled and not others_may_be_recalled(typed.first.read_as, seen, live)
    if is_alone and not is_otherwise:
        return typed.bound
    return _once_more(typed, photo, why, look_at, is_in_reach=is_otherwise or is_settled)


def _once_more(
    typed: TypedText,
    photo: Photographed,
    why: Why,
    look_at: tuple[int, ...] = (),
    *,
    is_in_reach: bool,
) -> Decision:
    """Another look at text or photo, or a person. `is_in_reach`: as if the text were, for the texts
    typed after it."""
    if photo.is_retyped and typed.same_again:
        return to_a_person(typed.first, Why.SAME_AGAIN)
    is_last = photo.is_last_text if why is Why.READS_OTHERWISE else photo.is_last_photo
    if is_last or typed.first.verdict is Verdict.ASK_A_PERSON:
        return to_a_person(typed.first, Why.STILL_IN_DOUBT)
    recalls = tuple(a._replace(verdict=Verdict.LOOK_AGAIN) for a in typed.first.recalls)
    return Decision(
        Verdict.LOOK_AGAIN,
        why,
        recalls,
        typed.first.read_as,
        look_at,
        within_reach=typed.first.within_reach or is_in_reach,
    )
