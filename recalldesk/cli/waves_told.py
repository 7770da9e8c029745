"""What `recalldesk waves` says."""

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table

from recalldesk.cli.screen import counted, out, plain, say, show_table
from recalldesk.outreach.audience.counting import NotReached, Preview
from recalldesk.outreach.reads.waves import WaveRow, WaveShown
from recalldesk.outreach.states import NoticeState, WaveKind, WaveState, Way
from recalldesk.outreach.waves.changes import Change
from recalldesk.outreach.waves.lint import WordsFinding


def say_waves(slug: str, rows: Sequence[WaveRow]) -> None:
    """A line for each wave."""
    if not rows:
        say(f"{slug} has no wave yet.")
        return
    table = Table("No.", "Name", "For", "By", "State", "Notices", "Sent", "Waiting")
    for row in rows:
        wave = row.wave
        table.add_row(
            str(wave.number),
            plain(wave.name),
            WaveKind(wave.kind).label,
            _ways(wave.ways),
            WaveState(wave.state).label,
            f"{row.count:,}",
            f"{row.notices.get(NoticeState.SENT, 0):,}",
            f"{row.notices.get(NoticeState.WAITING, 0):,}",
        )
    show_table(table)


def say_wave(shown: WaveShown, *, with_texts: bool) -> None:
    """A wave as it stands."""
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
    for way, states in shown.by_way.items():
        said = ", ".join(f"{count:,} {state.label.lower()}" for state, count in states.items())
        say(f"{way.label}: {said}.")
    for text in shown.texts if with_texts else ():
        say()
        say(f"--- {Way(text.way).label}, {text.language}")
        if text.subject:
            say(plain(text.subject))
            say()
        say(plain(text.body))


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
    if found.to_wishes:
        say(f"Of the notices, {found.to_wishes:,} go to those who asked to be told.")
    if found.to_new_owners:
        say(f"Of the notices, {found.to_new_owners:,} go to new owners whom owners named.")
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
