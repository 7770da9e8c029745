"""A wave is drafted, or changed, as a file says it: all of it, or nothing.

Guarantees: whatever is wrong with a file is named at once, its words judged as when approval is
asked for; a file with a fault changes nothing. What a file does not say stays as it is.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.foundation.problem import Problem
from recalldesk.outreach.audience.asked import Audience
from recalldesk.outreach.audience.errors import AudienceRefused
from recalldesk.outreach.models import Wave, WaveText
from recalldesk.outreach.states import WaveKind, Way
from recalldesk.outreach.waves.actions import SILENT_DAYS, change_wave, draft_wave, write_text
from recalldesk.outreach.waves.changes import Change, changes_between, contents_of
from recalldesk.outreach.waves.errors import FaultsRefused, TextRefused, WaveRefused
from recalldesk.outreach.waves.lint import lint_wave
from recalldesk.outreach.waves.written import Faults, WrittenText, WrittenWave
from recalldesk.recalls.document import Document
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import document_of


@transaction.atomic
def draft_as_written(recall: Recall, written: WrittenWave, *, by: Staff) -> Wave:
    """A new wave; standard words where the file gives none. Raises NotPermitted, WaveRefused,
    FaultsRefused."""
    kind = written.settings.get("kind", WaveKind.FIRST)
    ways = written.settings.get("ways", (Way.EMAIL,))
    wave = draft_wave(recall=recall, name="", by=by, kind=kind, ways=ways)
    _write_all(wave, written, by=by)
    wave.refresh_from_db()
    return wave


@transaction.atomic
def change_as_written(wave: Wave, written: WrittenWave, *, by: Staff) -> tuple[Change, ...]:
    """What it changed; where that is nothing, the wave stays where it stands. One that was asked
    for or approved is a draft again. Raises NotPermitted, WaveRefused, FaultsRefused."""
    require(by, Permission.WRITE_WAVES)
    before = _whole(wave)
    with transaction.atomic():
        _write_all(wave, written, by=by)
        wave.refresh_from_db()
        found = changes_between(before, _whole(wave))
        transaction.set_rollback(not found)
    wave.refresh_from_db()
    return found


def _whole(wave: Wave) -> dict[str, Any]:
    return {"name": wave.name, **contents_of(wave)}


def _write_all(wave: Wave, written: WrittenWave, *, by: Staff) -> None:
    """Raises FaultsRefused with all that is wrong."""
    faults = Faults()
    faults.add(*written.faults)
    settings = _settings(wave, written)
    assert wave.version is not None  # a wave speaks of a version from its draft on
    document = document_of(wave.version)
    audience = faults.of(lambda: Audience.from_stored({**wave.audience, **written.audience}))
    if audience is not None:
        wrong = list(_products_of_others(audience, document))
        faults.add(*wrong)
        if not wrong:
            settings["audience"] = audience
    faults.of(lambda: change_wave(wave, by=by, **settings))
    wave.refresh_from_db()
    for text in written.texts:
        if written.knows_ways and text.way.value not in wave.ways:
            faults.add(_of_another_way(text))
        else:
            faults.of(partial(_write, wave, text, by=by))
    faults.add(*_errors_of_words(wave, written.texts))
    if found := tuple(faults):
        raise FaultsRefused(found)


def _settings(wave: Wave, written: WrittenWave) -> dict[str, Any]:
    """What is given, with what follows from it."""
    settings = dict(written.settings)
    kind = settings.get("kind", WaveKind(wave.kind))
    if "name" in settings:
        settings["name"] = settings["name"].strip() or kind.label
    if kind is not WaveKind.REMINDER:
        settings["silent_days"] = 0
    elif wave.kind != kind:
        settings.setdefault("silent_days", SILENT_DAYS)
    if "costs" in settings:
        kept = {Way(way): price for way, price in wave.costs.items()}
        settings["costs"] = {**kept, **settings["costs"]}
    return settings


def _products_of_others(audience: Audience, document: Document) -> Iterator[Problem]:
    for product in audience.products:
        try:
            Audience(products=(product,)).refuse_unless_of(document)
        except AudienceRefused as refused:
            yield refused


def _of_another_way(text: WrittenText) -> WaveRefused:
    return WaveRefused(
        f"texts.{text.way.value}.{text.language}: the wave does not go by "
        f"{text.way.label.lower()}.",
        f'Write "{text.way.value}" into `ways`, or leave these words out.',
    )


def _write(wave: Wave, text: WrittenText, *, by: Staff) -> None:
    """What of the words the file does not say stays as it is."""
    there = WaveText.objects.filter(wave=wave, way=text.way, language=text.language).first()
    subject, body = (there.subject, there.body) if there else ("", "")
    write_text(
        wave,
        way=text.way,
        language=text.language,
        subject=subject if text.subject is None else text.subject,
        body=body if text.body is None else text.body,
        by=by,
    )


def _errors_of_words(wave: Wave, texts: tuple[WrittenText, ...]) -> Iterator[Problem]:
    """Of the words that the file gives: standard ones are as good as the recall's own."""
    given = {(each.way, each.language) for each in texts}
    for each in lint_wave(wave) if given else ():
        if each.is_error and each.way and (each.way, each.language) in given:
            yield TextRefused(f"{each.way.label}, {each.language}: {each.message}", each.todo)
