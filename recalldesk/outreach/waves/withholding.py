"""What of a wave is not sent after all, all of it at once.

Guarantee: each notice that is withheld stands in the log with its move.
"""

from django.db import connection

from recalldesk.audit.actions import Move, record_moves
from recalldesk.audit.states import Actor, Subject
from recalldesk.outreach.models import Wave
from recalldesk.outreach.states import NoticeState, Withheld

WITHHOLD = """
WITH old AS (
    SELECT id, state FROM outreach_directnotice
    WHERE wave_id = %(wave)s AND state IN ('waiting', 'printed') ORDER BY id FOR UPDATE
)
UPDATE outreach_directnotice n SET state = %(withheld)s, withheld = %(why)s
FROM old WHERE n.id = old.id RETURNING n.id, old.state
"""


def withhold_what_waits(wave: Wave, why: Withheld = Withheld.STOPPED) -> int:
    """Withholds every notice that waits or is printed and not posted; how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            WITHHOLD,
            {"wave": wave.pk, "withheld": NoticeState.WITHHELD.value, "why": why.value},
        )
        rows = cursor.fetchall()
    moves = [
        Move(wave.recall_id, number, was, NoticeState.WITHHELD) for number, was in sorted(rows)
    ]
    record_moves(moves, subject=Subject.NOTICE, actor=Actor.MACHINE)
    return len(moves)
