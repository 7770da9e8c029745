"""The waves of a recall, and where the notices of each stand."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.outreach.audience.asked import Audience
from recalldesk.outreach.models import DirectNotice, Wave, WaveText
from recalldesk.outreach.states import NoticeState, Way
from recalldesk.outreach.waves.contents import digest_of_contents, digest_of_words
from recalldesk.outreach.waves.errors import NoSuchWave
from recalldesk.recalls.models import Recall


@dataclass(frozen=True)
class WaveRow:
    """A wave in a list. `notices`: how many it has, by state."""

    wave: Wave
    notices: Mapping[NoticeState, int]

    @property
    def count(self) -> int:
        """All its notices."""
        return sum(self.notices.values())


@dataclass(frozen=True)
class WaveShown:
    """A wave as it stands. `by_way`: its notices, by way and state; `contents`: the digest of what
    would be agreed to now; `is_tested`: a test was sent of these very words; `paused_since`: what
    the wave itself says why it pauses."""

    wave: Wave
    audience: Audience
    texts: tuple[WaveText, ...]
    by_way: Mapping[Way, Mapping[NoticeState, int]]
    contents: str
    is_tested: bool
    paused_since: str

    @property
    def notices(self) -> Mapping[NoticeState, int]:
        """All its notices by state."""
        found: dict[NoticeState, int] = {}
        for states in self.by_way.values():
            for state, count in states.items():
                found[state] = found.get(state, 0) + count
        return found


def waves_of(recall: Recall, *, by: Staff) -> tuple[WaveRow, ...]:
    """All waves of a recall, the newest first. Raises NotPermitted."""
    require(by, Permission.SEE_PURCHASERS)
    rows = DirectNotice.objects.filter(wave__recall=recall).order_by()
    counts: dict[int, dict[NoticeState, int]] = {}
    for wave, state, count in rows.values_list("wave_id", "state").annotate(Count("pk")):
        counts.setdefault(wave, {})[NoticeState(state)] = count
    waves = Wave.objects.filter(recall=recall).select_related("written_by", "approved_by")
    return tuple(WaveRow(each, counts.get(each.pk, {})) for each in waves.order_by("-number"))


def wave_numbered(recall: Recall, number: int, *, by: Staff) -> Wave:
    """One wave. Raises NotPermitted, NoSuchWave."""
    require(by, Permission.SEE_PURCHASERS)
    rows = Wave.objects.select_related("recall", "version", "written_by", "asked_by", "approved_by")
    wave = rows.filter(recall=recall, number=number).first()
    if wave is None:
        raise NoSuchWave(recall.slug, number)
    return wave


def wave_shown(recall: Recall, number: int, *, by: Staff) -> WaveShown:
    """One wave as it stands. Raises NotPermitted, NoSuchWave."""
    wave = wave_numbered(recall, number, by=by)
    by_way: dict[Way, dict[NoticeState, int]] = {}
    rows = wave.notices.order_by().values_list("way", "state").annotate(Count("pk"))
    for way, state, count in rows:
        by_way.setdefault(Way(way), {})[NoticeState(state)] = count
    return WaveShown(
        wave=wave,
        audience=Audience.from_stored(wave.audience),
        texts=tuple(wave.texts.order_by("way", "language")),
        by_way={way: by_way[way] for way in Way if way in by_way},
        contents=digest_of_contents(wave),
        is_tested=bool(wave.tested) and wave.tested == digest_of_words(wave),
        paused_since=str(wave.counts.get("paused_since", "")),
    )
