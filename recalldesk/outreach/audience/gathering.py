"""Gathers the notices that a wave would send now, into temporary tables of the transaction.

Guarantee: a preview and the wave itself are gathered by these same statements.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from recalldesk.foundation import clock
from recalldesk.outreach.audience import statements
from recalldesk.outreach.audience.asked import Audience
from recalldesk.outreach.audience.languages import language_for
from recalldesk.outreach.audience.new_owners import NOTICES_TO_NEW_OWNERS
from recalldesk.outreach.audience.wished import gather_wishes
from recalldesk.outreach.models import Wave
from recalldesk.outreach.resting import mark_those_at_rest
from recalldesk.outreach.states import WAYS_TO, WaveKind, Way
from recalldesk.outreach.told_before import name_what_was_told

SORTING_MEMORY = "96MB"
LAPSES_AFTER = timedelta(days=30)
"""Longer than a printer or a call centre takes."""


def gather(wave: Wave, languages: tuple[str, ...]) -> None:
    """Fills the tables of `statements`: `told_notice` with what would be sent and what not, and
    `told_fate` and `told_unit` with what that means for each purchaser and purchase. The caller is
    in a transaction. `languages`: of the recall; the first is written where no other is known.
    Raises AudienceRefused."""
    name_what_was_told(wave.recall_id)
    run = _Statements(wave)
    run("SET LOCAL work_mem = '" + SORTING_MEMORY + "'")
    for name in statements.TABLES:
        run(f"DROP TABLE IF EXISTS pg_temp.{name}")
    run(statements.PURCHASES)
    run("CREATE INDEX ON told_purchase (line_digest)")
    run("ANALYZE told_purchase")
    run(statements.BUYERS)
    run("CREATE INDEX ON told_buyer (purchaser_id)")
    run("ANALYZE told_buyer")
    run(statements.CONTACTS)
    run("CREATE INDEX ON told_contact (digest, way)")
    run("CREATE INDEX ON told_contact (purchaser_id)")
    run("ANALYZE told_contact")
    run(statements.NOTICES)
    run("CREATE UNIQUE INDEX ON told_notice (digest, way)")
    run("ANALYZE told_notice")
    if wave.kind == WaveKind.GROWN:
        gather_wishes(wave)
        run(statements.NOTICES_TO_WISHES)
    if wave.kind == WaveKind.REMINDER:
        run(NOTICES_TO_NEW_OWNERS)
    run(statements.SUPPRESSED)
    if wave.kind == WaveKind.REMINDER:
        run(statements.NOT_DUE)
        mark_those_at_rest(wave.recall_id)
    else:
        run(statements.TOLD)
        if wave.kind == WaveKind.GROWN:
            run(statements.WISHES_OF_THE_TOLD)
        run(statements.WISHES_TOLD)
    _write_languages(languages)
    run(statements.FATES)
    run("CREATE UNIQUE INDEX ON told_fate (purchaser_id)")
    run("ANALYZE told_fate")
    run(statements.UNITS)


def lapsed_since() -> datetime:
    """A letter or call that was last handed out before then is finished by nobody."""
    return clock.now() - LAPSES_AFTER


class _Statements:
    """Runs statements with what the wave asks for."""

    def __init__(self, wave: Wave) -> None:
        audience = Audience.from_stored(wave.audience)
        ways = [(kind, way) for kind, each in WAYS_TO.items() for way in each if way in wave.ways]
        self._asked: dict[str, Any] = {
            "recall": wave.recall_id,
            "strength": audience.strength,
            "channels": list(audience.channels) or None,
            "products": list(audience.products) or None,
            "countries": list(audience.countries) or None,
            "ordered_from": audience.ordered_from,
            "ordered_until": audience.ordered_until,
            "kinds": [kind.value for kind, _ in ways],
            "ways": [Way(way).value for _, way in ways],
            "version": wave.version_id,
            "lapsed_since": lapsed_since(),
            "silent_since": clock.now() - timedelta(days=wave.silent_days),
        }

    def __call__(self, statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, self._asked)


def _write_languages(languages: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT said_language, country FROM told_notice")
        pairs = [(str(said), str(country)) for said, country in cursor.fetchall()]
        cursor.execute(
            statements.LANGUAGES,
            {
                "said": [said for said, _ in pairs],
                "of": [country for _, country in pairs],
                "language": [language_for(said, of, languages) for said, of in pairs],
            },
        )
