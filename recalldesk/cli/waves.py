"""`recalldesk waves`: notices to purchasers are written, looked at, approved, paused, stopped."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from recalldesk.accounts.models import Staff
from recalldesk.cli.named import recall_or_refuse, text_or_refuse
from recalldesk.cli.person import As, proved
from recalldesk.cli.recall import Slug
from recalldesk.cli.screen import counted, err, say, warn
from recalldesk.cli.waves_told import say_changes, say_findings, say_preview, say_wave, say_waves
from recalldesk.outreach.audience.counting import preview
from recalldesk.outreach.models import Wave
from recalldesk.outreach.reads.progress import progress_of
from recalldesk.outreach.reads.waves import wave_numbered, wave_shown, waves_of
from recalldesk.outreach.states import WaveState, Way
from recalldesk.outreach.waves.actions import (
    approve_wave,
    ask_for_approval,
    pause_wave,
    resume_wave,
    send_back,
    stop_wave,
    take_back,
)
from recalldesk.outreach.waves.drafting import change_as_written, draft_as_written
from recalldesk.outreach.waves.errors import FaultsRefused, NotKnownAsOurs, WordsRefused
from recalldesk.outreach.waves.lint import lint_wave
from recalldesk.outreach.waves.testing import send_test
from recalldesk.outreach.waves.written import WrittenWave, read_wave

app = typer.Typer(no_args_is_help=True)
Number = Annotated[int, typer.Argument(metavar="WAVE", help="The wave's number in its recall.")]
Reason = Annotated[str, typer.Option(help="Why; it stands in the log, sealed.")]


@app.callback()
def _waves() -> None:
    """Notices to purchasers, in waves. Nothing is sent that a second person did not approve."""


@app.command("list")
def list_(slug: Slug, as_: As) -> None:
    """List the waves of a recall, and where their notices stand."""
    say_waves(slug, waves_of(recall_or_refuse(slug), by=proved(as_)))


@app.command("show")
def show(
    slug: Slug,
    number: Number,
    as_: As,
    texts: Annotated[bool, typer.Option(help="Also what it says in each way.")] = False,
) -> None:
    """Show a wave: whom, by what, who approved it, where its notices stand, what was answered."""
    recall, person = recall_or_refuse(slug), proved(as_)
    shown = wave_shown(recall, number, by=person)
    say_wave(shown, progress_of(shown.wave, by=person), with_texts=texts)


@app.command("preview")
def preview_(slug: Slug, number: Number, as_: As) -> None:
    """Count whom a wave would reach now, whom not and why, and what it costs; judge its words."""
    person = proved(as_)
    wave = wave_numbered(recall_or_refuse(slug), number, by=person)
    found = preview(wave, by=person)
    say_preview(found)
    findings = lint_wave(wave, found.by_way_and_language)
    say_findings(findings)
    if any(each.is_error for each in findings):
        raise typer.Exit(1)


@app.command("new")
def new(
    slug: Slug,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A wave, in TOML.")],
    as_: As,
) -> None:
    """Draft a wave from a file. Words that it does not give are the standard ones."""
    recall, written = recall_or_refuse(slug), _read(file)
    with _every_fault_said(file):
        wave = draft_as_written(recall, written, by=proved(as_))
    say(f"Wave {wave.number} of {slug} is drafted.")
    say_findings(lint_wave(wave))
    say(f"`recalldesk waves preview {slug} {wave.number}` says whom it would reach.")


@app.command("edit")
def edit(
    slug: Slug,
    number: Number,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="In TOML as for `new`: only what changes.")
    ],
    as_: As,
) -> None:
    """Change a wave that was not sent yet, in what a file says; all else stays as it is."""
    wave, person = _wave(slug, number, as_)
    written, was = _read(file), WaveState(wave.state)
    with _every_fault_said(file):
        changes = change_as_written(wave, written, by=person)
    if not changes:
        say(f"Wave {number} of {slug} says that already: nothing changed.")
        return
    say(f"Wave {number} of {slug} is changed:")
    say_changes(changes)
    if was is not WaveState.DRAFT:
        say(f"It was {was.label.lower()!r} and is a draft again: ask for its approval anew.")
    say_findings(lint_wave(wave))


@app.command("test")
def send_to_oneself(
    slug: Slug,
    number: Number,
    as_: As,
    to: Annotated[
        str,
        typer.Option(help="An address of the staff or the recall's, or a number with its country."),
    ],
    way: Annotated[
        Way | None, typer.Option(help="email or sms; if not said, as the address is.")
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Another address or number is the firm's own.")
    ] = False,
) -> None:
    """Send what the wave says to yourself, in each language. Never to a customer."""
    wave, person = _wave(slug, number, as_)
    chosen = way or (Way.SMS if to.strip().startswith("+") else Way.EMAIL)
    try:
        sent = send_test(wave, to=to, by=person, way=chosen, is_ours=yes)
    except NotKnownAsOurs as unknown:
        raise NotKnownAsOurs("Add --yes if it is the firm's own, and no customer's.") from unknown
    say(counted(len(sent), "test is", "tests are") + " on the way.")


@app.command("ask")
def ask(slug: Slug, number: Number, as_: As) -> None:
    """Ask a second person to approve a wave. Refused while its words have an error."""
    wave, person = _wave(slug, number, as_)
    try:
        wave = ask_for_approval(wave, by=person)
    except WordsRefused as refused:
        say_findings(refused.findings, on=err)
        warn(
            f"Nobody is asked. Mend the words: `recalldesk waves edit {slug} {number} FILE`, "
            "or at the desk."
        )
        raise typer.Exit(1) from None
    say(f"Wave {number} of {slug} waits for a second person.")
    say(counted(int(wave.counts["notices"]), "notice", "notices") + " would go out now.")


@app.command("take-back")
def take_it_back(slug: Slug, number: Number, as_: As) -> None:
    """Make a wave that was asked for a draft again."""
    wave, person = _wave(slug, number, as_)
    take_back(wave, by=person)
    say(f"Wave {number} of {slug} is a draft again.")


@app.command("approve")
def approve(slug: Slug, number: Number, as_: As) -> None:
    """Approve a wave that somebody else wrote and asked for."""
    wave, person = _wave(slug, number, as_)
    wave = approve_wave(wave, by=person)
    when = f"at {wave.starts_at:%Y-%m-%d %H:%M} UTC" if wave.starts_at else "within a minute"
    say(f"Wave {number} of {slug} is approved. It starts {when}, while a worker runs.")


@app.command("send-back")
def send_it_back(slug: Slug, number: Number, as_: As, reason: Reason) -> None:
    """Do not approve a wave, and say why."""
    wave, person = _wave(slug, number, as_)
    send_back(wave, by=person, reason=reason)
    say(f"Wave {number} of {slug} is sent back to whoever asked.")


@app.command("pause")
def pause(slug: Slug, number: Number, as_: As, reason: Reason = "") -> None:
    """Hold a wave: within seconds no notice leaves any more."""
    wave, person = _wave(slug, number, as_)
    pause_wave(wave, by=person, reason=reason)
    say(f"Wave {number} of {slug} is paused.")


@app.command("resume")
def resume(slug: Slug, number: Number, as_: As) -> None:
    """Let a paused wave go on where it stood."""
    wave, person = _wave(slug, number, as_)
    resume_wave(wave, by=person)
    say(f"Wave {number} of {slug} goes on.")


@app.command("stop")
def stop(slug: Slug, number: Number, as_: As, reason: Reason) -> None:
    """End a wave for good; what was not sent is withheld."""
    wave, person = _wave(slug, number, as_)
    stop_wave(wave, by=person, reason=reason)
    say(f"Wave {number} of {slug} is stopped for good.")


def _read(file: Path) -> WrittenWave:
    def beside(name: str) -> str:
        return text_or_refuse(file.parent / name)

    return read_wave(text_or_refuse(file), file_named=beside)


@contextmanager
def _every_fault_said(file: Path) -> Iterator[None]:
    """All that is wrong with a file, a line each, and not the first alone."""
    try:
        yield
    except FaultsRefused as refused:
        for fault in refused.faults:
            err.print(f"{file}: {fault}", markup=False)
        warn("Nothing was changed: mend the file, and run this again.")
        raise typer.Exit(1) from None


def _wave(slug: str, number: int, as_: str) -> tuple[Wave, Staff]:
    person = proved(as_)
    return wave_numbered(recall_or_refuse(slug), number, by=person), person
