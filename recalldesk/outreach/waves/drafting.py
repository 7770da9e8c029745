"""A wave is drafted as a file says it: all of it, or nothing."""

from django.db import transaction

from recalldesk.accounts.models import Staff
from recalldesk.outreach.models import Wave
from recalldesk.outreach.waves.actions import draft_wave, write_text
from recalldesk.outreach.waves.written import WrittenWave
from recalldesk.recalls.models import Recall


@transaction.atomic
def draft_as_written(recall: Recall, written: WrittenWave, *, by: Staff) -> Wave:
    """Raises NotPermitted, WaveRefused, AudienceRefused."""
    wave = draft_wave(
        recall=recall,
        name=written.name,
        by=by,
        kind=written.kind,
        ways=written.ways,
        audience=written.audience,
        silent_days=written.silent_days,
        starts_at=written.starts_at,
        per_minute=written.per_minute,
        per_domain=written.per_domain,
        costs=written.costs,
        currency=written.currency,
    )
    for each in written.texts:
        write_text(
            wave,
            way=each.way,
            language=each.language,
            subject=each.subject,
            body=each.body,
            by=by,
        )
    return wave
