"""Starts the waves whose time has come.

Guarantees: what is sent is what was approved; where the recall changed since, or the number of
notices is far from the one that was approved, the wave pauses itself and says so.
"""

import structlog
from django.db import transaction
from django.db.models import Q

from recalldesk.foundation import clock
from recalldesk.outreach.audience.counting import counted
from recalldesk.outreach.audience.gathering import gather
from recalldesk.outreach.models import Wave
from recalldesk.outreach.states import WaveState
from recalldesk.outreach.waves.actions import move_wave, version_to_write_of
from recalldesk.outreach.waves.contents import digest_of_contents
from recalldesk.outreach.waves.errors import WaveRefused
from recalldesk.outreach.waves.preparing import keep_gathered
from recalldesk.recalls.reads import document_of
from recalldesk.sealing.keys import SealingError

FAR_OFF = 0.2
"""The share by which the number of notices may differ from the one that was approved."""

log = structlog.get_logger()


def start_due_waves() -> int:
    """Starts them; how many are being sent now that were not."""
    due = Wave.objects.filter(
        Q(starts_at=None) | Q(starts_at__lte=clock.now()), state=WaveState.APPROVED
    )
    started = 0
    for number in list(due.order_by("pk").values_list("pk", flat=True)):
        try:
            started += start_wave(number)
        except SealingError as error:
            # What one wave cannot open holds up no other; it is tried again in a minute.
            log.error("wave_not_started", wave=number, error=type(error).__name__)
    return started


@transaction.atomic
def start_wave(wave_id: int) -> bool:
    """Makes the notices of an approved wave and lets them go; or pauses it. Whether it goes."""
    rows = Wave.objects.select_for_update(of=("self",)).select_related("recall", "version")
    wave = rows.get(pk=wave_id)
    if wave.state != WaveState.APPROVED or (wave.starts_at and wave.starts_at > clock.now()):
        return False
    if wave.prepared_at is None:
        if why := _unlike_approved(wave):
            wave.counts = wave.counts | {"paused_since": why}
            move_wave(wave, WaveState.PAUSED, None, note=why)
            log.warning("wave_paused_itself", wave=wave.pk, why=why)
            return False
        keep_gathered(wave)
    wave.counts = {name: value for name, value in wave.counts.items() if name != "paused_since"}
    move_wave(wave, WaveState.SENDING, None)
    return True


def _unlike_approved(wave: Wave) -> str:
    """Why it is not sent as it was approved; empty where it may. Gathers its notices."""
    try:
        version = version_to_write_of(wave.recall)
    except WaveRefused as refused:
        return refused.message
    if version != wave.version or digest_of_contents(wave) != wave.approved:
        return "The recall or the wave changed since it was approved."
    gather(wave, document_of(version).languages)
    now = counted(wave)
    wave.counts = wave.counts | {"at_start": now.stored()}
    then = int(wave.counts.get("notices", 0))
    if abs(now.notices - then) > FAR_OFF * max(then, 1):
        return f"{then:,} notices were approved; now it would be {now.notices:,}."
    return ""
