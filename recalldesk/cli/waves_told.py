"""What `recalldesk waves` says."""

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table

from recalldesk.cli.screen import counted, out, plain, say, show_table
from recalldesk.outreach.audience.counting import NotReached, Preview
from recalldesk.outreach.models import Wave
from recalldesk.outreach.reads.progress import Progress, WayProgress
from recalldesk.outreach.reads.waves import WaveRow, WaveShown
from recalldesk.outreach.states import STANDS, AnswerKind, NoticeState, WaveKind, WaveState, Way
from recalldesk.outreach.waves.changes import Change
from recalldesk.outreach.waves.lint import WordsFinding

LATER_CALLS = "are called again later, or are with a call centre"


def say_waves(slug: str, rows: Sequence[WaveRow]) -> None:
    """A line for each wave."""
    if not rows:
        say(f"{slug} has no wave yet.")
        return
    heads = ("No.", "Name", "For", "By", "State", "Notices", "Waiting", "Sent", "Withheld")
    table = Table(*heads)
    for row in rows:
        wave = row.wave
        table.add_row(
            str(wave.number),
            plain(wave.name),
            WaveKind(wave.kind).label,
            _ways(wave.ways),
            WaveState(wave.state).label,
            f"{row.count:,}",
            f"{row.notices.get(NoticeState.WAITING, 0):,}",
            f"{row.notices.get(NoticeState.SENT, 0):,}",
            f"{row.notices.get(NoticeState.WITHHELD, 0):,}",
        )
    show_table(table)


def say_wave(shown: WaveShown, progress: Progress, *, with_texts: bool) -> None:
    """A wave as it stands, and what came of it."""
    wave = shown.wave
    say(f"Wave {wave.number}: {plain(wave.name)}")
    say(f"{WaveKind(wave.kind).label}, by {_ways(wave.ways)}. {WaveState(wave.state).label}.")
    if shown.paused_since:
        say(f"It paused itself: {shown.paused_since}")
    for name, value in shown.audience.stored().items():
        say(f"  {name}: {', '.join(value) if isinstance(value, list) else value}")
    for what, who, at in (
        ("Asked for", wave.asked_by, wave.asked_at),
        ("Approved", wave.approved_by, wave.approved_at),
    ):
        if who and at:
            say(f"{what} by {plain(who.name)}, {at:%Y-%m-%d %H:%M} UTC.")
    say(f"At most {wave.per_minute:,} a minute, {wave.per_domain:,} to one mail domain.")
    say("A test was sent of these words." if shown.is_tested else "No test of these words yet.")
    if wave.prepared_at:
        for way, found in progress.ways.items():
            _say_way(wave, way, found)
        _say_what_came_of_it(progress)
    for text in shown.texts if with_texts else ():
        if text.way not in wave.ways:
            continue
        say()
        say(f"--- {Way(text.way).label}, {text.language}")
        if text.subject:
            say(plain(text.subject))
            say()
        say(plain(text.body))


def _say_way(wave: Wave, way: Way, found: WayProgress) -> None:
    """Where its notices stand; what is inside a number, or to be done, below it."""
    if not found.whole:
        say(f"{way.label}: no notice.")
        return
    said = (f"{found.states[each]:,} {STANDS[each]}" for each in STANDS if found.states.get(each))
    whole = counted(found.whole, "notice", "notices")
    say(f"{way.label}: {whole} = {' + '.join(said)}.")
    if found.by_day:
        say(f"  Of those waiting, {found.by_day:,} for the morning where they are read.")
    if again := found.later - found.by_day:
        later = LATER_CALLS if way is Way.PHONE else "were tried and are tried again"
        say(f"  Of those waiting, {again:,} {later}.")
    for why, count in found.withheld.items():
        say(f"  withheld, {count:,}: {why.label}.")
    if found.repeats:
        say(f"  Perhaps sent twice, since a worker was killed: {found.repeats:,}.")
    of = f"{wave.recall.slug} {wave.number}"
    if way is Way.LETTER and found.states.get(NoticeState.WAITING):
        say(f"  They wait for a print file: `recalldesk waves letters list {of}`, then `make`.")
    if way is Way.LETTER and found.states.get(NoticeState.PRINTED):
        say(f"  Printed: `recalldesk waves letters take {of} FILE_NO`; once at the post, `posted`.")
    if way is Way.PHONE and found.states.get(NoticeState.WAITING, 0) > found.later:
        say(
            "  They wait for callers: Told, Calls at the desk; for a call centre `recalldesk waves "
            f"calls take {of}`."
        )


def _say_what_came_of_it(progress: Progress) -> None:
    """Answers, claims, and whose link was used."""
    answered = counted(progress.answered, "notice was", "notices were")
    say(f"Answers: {answered} answered.")
    for kind in AnswerKind:
        if count := progress.answers.get(kind, 0):
            say(f"  {kind.label}: {count:,}")
    used = sum(each.opened for each in progress.ways.values())
    say(f"Claims: {progress.claims:,} filed, {progress.begun:,} begun and not sent yet.")
    say(f"Links used: {used:,}. Whether a mail was opened is not watched.")


def say_changes(changes: Sequence[Change]) -> None:
    """What was, and what is now; of words only that they changed, since they are long."""
    for each in changes:
        if each.way:
            say(f"  {Way(each.way).label}, {each.language}: another {each.what}")
        else:
            before, now = (plain(value) or "nothing" for value in (each.before, each.now))
            say(f"  {each.what}: {before} -> {now}")


def say_preview(found: Preview) -> None:
    """Whom it would reach, whom not and why, and what it costs."""
    ways = ", ".join(f"{way.label.lower()} {count:,}" for way, count in found.by_way.items())
    say(counted(found.notices, "notice", "notices") + (f": {ways}." if ways else "."))
    say(f"Languages: {_shares(found.by_language)}. Countries: {_shares(found.by_country)}.")
    say(
        f"{found.purchasers:,} purchasers = {found.purchasers_reached:,} reached"
        + _whys(found.not_reached)
    )
    say(f"{found.units:,} units = {found.units_reached:,} reached" + _whys(found.units_not_reached))
    for why in NotReached:
        if why in found.not_reached or why in found.units_not_reached:
            say(f"  {why.value}: {why.words}.")
    if found.unused:
        say(
            f"Not told yet, and reached by no way of this wave: {found.unused_in_words}. A first "
            "notice goes to every contact."
        )
    if found.to_wishes:
        say(f"Of the notices, {found.to_wishes:,} go to those who asked to be told.")
    if found.to_new_owners:
        say(f"Of the notices, {found.to_new_owners:,} go to new owners whom owners named.")
    if found.perhaps_told:
        say(
            f"{found.perhaps_told:,} of them go to contacts of which a letter or call was handed "
            "out and never finished: they may have been told already."
        )
    if found.cost is not None:
        say(f"Cost: {found.cost} {found.currency}".rstrip() + ".")


def say_findings(findings: Sequence[WordsFinding], *, on: Console = out) -> None:
    """What is amiss with the words."""
    for each in findings:
        where = f"{each.way.label}, {each.language}" if each.way else "The wave"
        on.print(f"{each.severity.value}: {where}: {each.message} {each.todo}", markup=False)


def _ways(ways: Sequence[str]) -> str:
    return ", ".join(Way(each).label.lower() for each in ways)


def _shares(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name or '?'} {count:,}" for name, count in sorted(counts.items())) or "none"


def _whys(counts: Mapping[NotReached, int]) -> str:
    return "".join(f" + {count:,} {why.value}" for why, count in counts.items())
