"""A wave is approved or sent back; one at work is paused, goes on, is stopped."""

from django.db import transaction
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from recalldesk.console.access import DeskRequest
from recalldesk.console.views.wave_writing import done
from recalldesk.console.waves_asked import wave_or_404
from recalldesk.outreach.models import Wave
from recalldesk.outreach.waves.actions import (
    approve_wave,
    pause_wave,
    resume_wave,
    send_back,
    stop_wave,
)
from recalldesk.outreach.waves.contents import digest_of_contents
from recalldesk.outreach.waves.errors import WaveRefused


@require_POST
def wave_answer(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """Approves what the page showed, or sends it back."""
    wave = wave_or_404(slug, number)
    if request.POST.get("do") == "send_back":
        reason = request.POST.get("reason", "")
        return done(
            request,
            wave,
            lambda: send_back(wave, by=request.user, reason=reason),
            "It is sent back to be mended.",
        )
    return done(request, wave, lambda: _approve(request, wave), "It is approved.")


@transaction.atomic
def _approve(request: DeskRequest, wave: Wave) -> None:
    """What is approved is what was looked at: a wave that was taken back meanwhile, changed and
    asked for anew is another one."""
    locked = Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)
    if request.POST.get("seen") != digest_of_contents(locked):
        raise WaveRefused("The wave changed since you looked.", "Look at what stands there now.")
    approve_wave(locked, by=request.user)


@require_POST
def wave_act(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """Pauses it, lets it go on, or stops it for good."""
    wave = wave_or_404(slug, number)
    do = request.POST.get("do", "")
    reason = request.POST.get("reason", "").strip()
    if do == "pause":
        return done(request, wave, lambda: pause_wave(wave, by=request.user), "It is paused.")
    if do == "resume":
        return done(request, wave, lambda: resume_wave(wave, by=request.user), "It goes on.")

    def stop() -> object:
        if do != "stop" or request.POST.get("sure") != "yes":
            raise WaveRefused(
                "Nothing was done.", "Tick that you mean it: a wave that was stopped stays so."
            )
        return stop_wave(wave, by=request.user, reason=reason)

    return done(request, wave, stop, "It is stopped for good.", problem_of="stop")
