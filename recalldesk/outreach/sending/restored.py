"""What must follow for whom we write to, when a database is as it was before.

Guarantees: nothing is sent before a person lets each wave go on; whoever stopped, complained or
asked for nothing more since the backup is not written to; nobody is told twice what was told since.
"""

from datetime import datetime

from django.db import transaction

from recalldesk.audit.states import Reason
from recalldesk.outreach.models import Wave
from recalldesk.outreach.sending.told import note_restored
from recalldesk.outreach.states import WaveState
from recalldesk.outreach.suppressing import suppress_again
from recalldesk.outreach.waves.actions import move_wave

AT_WORK = (WaveState.APPROVED, WaveState.SENDING)


def settle_waves(*, backup_of: datetime) -> int:
    """Does all of it; may run again. How many waves were paused. Raises OSError."""
    paused = _pause_all()
    suppress_again()
    note_restored(backup_of)
    return paused


@transaction.atomic
def _pause_all() -> int:
    waves = list(Wave.objects.select_for_update().filter(state__in=AT_WORK).order_by("pk"))
    for wave in waves:
        move_wave(wave, WaveState.PAUSED, None, reason=Reason.RESTORED)
    return len(waves)
