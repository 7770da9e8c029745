"""Who was told before the takeover: a wave of its own, over when it is made, and what it tells of.

Guarantee: a notice that another system gave tells of all that was bought under its contact until
its day, also where the order file that says so comes in later; waves and reach then know it by the
same rows as every other notice.
"""

from django.db import connection, transaction
from django.db.models import Max

from recalldesk.accounts.models import Staff
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.foundation import clock
from recalldesk.outreach.models import Wave
from recalldesk.outreach.states import WaveKind, WaveState, Way
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import live_version

NAME_PURCHASES = """
INSERT INTO outreach_namedpurchase (notice_id, purchase_id)
SELECT DISTINCT n.id, p.id
FROM outreach_directnotice n
JOIN outreach_wave w ON w.id = n.wave_id AND w.kind = 'before'
JOIN purchasers_contactpoint c ON c.recall_id = n.recall_id AND c.digest = n.contact_digest
JOIN purchasers_purchase p ON p.recall_id = n.recall_id AND (
    p.purchaser_id = c.purchaser_id OR EXISTS (
        SELECT FROM purchasers_sighting s
        WHERE s.recall_id = n.recall_id AND s.line_digest = p.line_digest
          AND s.purchaser_id = c.purchaser_id
    )
)
WHERE n.recall_id = %(recall)s
  AND (p.ordered_on IS NULL OR p.ordered_on <= coalesce(n.sent_at, n.ended_at)::date)
ON CONFLICT (notice_id, purchase_id) DO NOTHING
"""
OF_A_WAVE = "taken_over"


@transaction.atomic
def wave_of_before(recall: Recall, *, system: str, turn: int, by: Staff) -> Wave:
    """The wave of all that a system told a contact for the first time, the second, …: a wave tells
    a contact once. The same one each time."""
    Recall.objects.select_for_update(no_key=True).get(pk=recall.pk)
    name = f"Told before the takeover: {system}{f' ({turn})' if turn > 1 else ''}"
    there = Wave.objects.filter(recall=recall, kind=WaveKind.BEFORE, name=name).first()
    if there is not None:
        return there
    last = Wave.objects.filter(recall=recall).aggregate(last=Max("number"))["last"]
    now = clock.now()
    wave = Wave.objects.create(
        recall=recall,
        number=(last or 0) + 1,
        name=name,
        kind=WaveKind.BEFORE,
        ways=[way.value for way in Way],
        version=live_version(recall),
        state=WaveState.DONE,
        written_by=by,
        prepared_at=now,
        ended_at=now,
    )
    record_change(
        subject=Subject.WAVE,
        subject_id=wave.pk,
        to_state=WaveState.DONE,
        reason=Reason.TAKEN_OVER,
        actor_id=by.pk,
        recall_id=recall.pk,
    )
    return wave


def name_what_was_told(recall_id: int) -> int:
    """Writes which purchases such notices told of, as far as they are known by now; how many are
    new. Again changes nothing."""
    if not Wave.objects.filter(recall=recall_id, kind=WaveKind.BEFORE).exists():
        return 0
    with connection.cursor() as cursor:
        cursor.execute(NAME_PURCHASES, {"recall": recall_id})
        return int(cursor.rowcount)
