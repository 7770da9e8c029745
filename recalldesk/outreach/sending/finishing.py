"""When a wave is done: nothing of it waits to be sent, printed, posted or called; and when it is
held: its recall was closed while it was at work.
"""

from django.db import transaction

from recalldesk.foundation import clock
from recalldesk.outreach.models import DirectNotice, Wave
from recalldesk.outreach.states import NoticeState, WaveState
from recalldesk.outreach.waves.actions import move_wave

STILL_TO_DO = (NoticeState.WAITING, NoticeState.PRINTED)


def end_waves_that_are_done() -> int:
    """Moves them on; how many."""
    at_work = Wave.objects.filter(state=WaveState.SENDING, prepared_at__isnull=False)
    return sum(_end_if_done(pk) for pk in at_work.values_list("pk", flat=True))


@transaction.atomic
def hold_waves_of_closed_recalls() -> int:
    """Pauses them: nobody is told of a recall that is over; how many."""
    rows = Wave.objects.select_for_update(of=("self",)).filter(
        state=WaveState.SENDING, recall__closed_at__isnull=False
    )
    waves = list(rows.order_by("pk"))
    for wave in waves:
        move_wave(wave, WaveState.PAUSED, None, note="The recall was closed.")
    return len(waves)


@transaction.atomic
def _end_if_done(pk: int) -> bool:
    if DirectNotice.objects.filter(wave_id=pk, state__in=STILL_TO_DO).exists():
        return False
    wave = Wave.objects.select_for_update().filter(pk=pk, state=WaveState.SENDING).first()
    if wave is None:
        return False
    wave.ended_at = clock.now()
    move_wave(wave, WaveState.DONE, None)
    return True
