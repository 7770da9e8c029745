"""Whether what owners and purchasers read was agreed to by a second person, in each language."""

from collections.abc import Iterator

from recalldesk.drill.readiness.about import About
from recalldesk.drill.readiness.points import Line, Point, bad, good, look, point
from recalldesk.outreach.models import Wave, WaveText
from recalldesk.outreach.states import WaveState, Way
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import live_version, newest_version

AGREED = (WaveState.APPROVED, WaveState.SENDING, WaveState.DONE, WaveState.PAUSED)


def texts(about: About) -> Point:
    """The notice, then the waves."""
    return point(
        "Texts approved",
        _lines(about),
        "Have a second person read and approve the notice (`recalldesk recall approve`) and the "
        "first wave (`recalldesk waves ask`, then `approve`).",
    )


def _lines(about: About) -> Iterator[Line]:
    if about.recall is None:
        yield bad("The recall is not in this installation: nobody has approved its notice.")
        return
    yield from _notice(about.recall)
    waves = Wave.objects.filter(recall=about.recall).exclude(state=WaveState.STOPPED)
    rows = list(waves.order_by("number"))
    if not rows:
        yield look("No wave to purchasers is written yet.")
    for wave in rows:
        yield _wave(wave, about)


def _notice(recall: Recall) -> Iterator[Line]:
    version = live_version(recall) or newest_version(recall)
    if version is None:
        yield bad("The recall has no version.")
    elif version.approved_by is None:
        yield bad(f"Version {version.number} of the notice waits for a second person.")
    else:
        state = "live" if version.published_at else "approved, not live yet"
        yield good(
            f"Version {version.number} of the notice is {state}, approved by "
            f"{version.approved_by.name}."
        )


def _wave(wave: Wave, about: About) -> Line:
    named = f"Wave {wave.number} ({wave.name})"
    there = set(WaveText.objects.filter(wave=wave).values_list("way", "language"))
    missing = [
        f"{Way(way).label.lower()} in {language}"
        for way in wave.ways
        for language in about.document.languages
        if (way, language) not in there
    ]
    if missing:
        return bad(f"{named} has no words for {', '.join(missing)}.")
    if WaveState(wave.state) in AGREED:
        return good(f"{named} is approved, in {', '.join(about.document.languages)}.")
    return bad(f"{named}: {WaveState(wave.state).label.lower()}.")
