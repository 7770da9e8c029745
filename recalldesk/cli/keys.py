"""`recalldesk keys`: the keys that seal personal data."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from recalldesk.cli.fit import refuse_unfit_settings
from recalldesk.cli.screen import complain, counted, err, say
from recalldesk.config.database import refuse_unprepared
from recalldesk.sealing.keys import new_key
from recalldesk.sealing.register import STAYS_AS_SEALED
from recalldesk.sealing.rotation import Rotated, Step, rotate, wrap_data_keys_anew
from recalldesk.sealing.wrapping import wrapping

NAME = re.compile(r"[A-Za-z0-9-]{1,32}")
NAMED = 20
app = typer.Typer(no_args_is_help=True)


@app.callback()
def _keys() -> None:
    """Keys are made here and kept by you, never by this program."""


@app.command("new")
def new(
    name: Annotated[str, typer.Option(help="A short name, such as the year.")] = "key-1",
) -> None:
    """Print a new key for each of RECALLDESK_SEALING_KEYS, _LOOKUP_KEY and _LOG_KEY."""
    if not NAME.fullmatch(name):
        raise typer.BadParameter("is 1 to 32 letters, digits and hyphens", param_hint="--name")
    say(f"RECALLDESK_SEALING_KEYS={name}:{new_key()}")
    say(f"RECALLDESK_LOOKUP_KEY={new_key()}")
    say(f"RECALLDESK_LOG_KEY={new_key()}")


@contextmanager
def _progress_bar() -> Iterator[Callable[[Step], None]]:
    """A bar with figures and time left, on standard error."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task("sealing anew", total=None)

        def told(step: Step) -> None:
            bar.update(task, description=step.holder, completed=step.done, total=step.total)

        yield told


@app.command("rotate")
def rotate_keys(
    outer_only: Annotated[
        bool, typer.Option("--outer-only", help="Wrap the data keys anew; seal no value anew.")
    ] = False,
) -> None:
    """Wrap the data keys under the newest sealing key, make new ones, and seal everything anew.

    Everything may run meanwhile. Broken off, it goes on when it is run again.
    """
    refuse_unfit_settings()
    refuse_unprepared()
    if outer_only:
        _say_wrapping(wrap_data_keys_anew())
        return
    with _progress_bar() as told:
        rotated = rotate(progress=told)
    _say_rotated(rotated)
    _say_wrapping(rotated.wrapped)
    _complain_of_what_is_left(rotated)
    if rotated.unopened or rotated.unreached or rotated.left:
        raise typer.Exit(1)


def _say_rotated(rotated: Rotated) -> None:
    if rotated.went_on:
        say("A rotation that was broken off went on.")
    else:
        say(counted(rotated.new_keys, "data key was made.", "data keys were made."))
    resealed = rotated.resealed
    for holder in sorted(resealed):
        say(f"{holder}: {counted(resealed[holder], 'value is', 'values are')} sealed anew.")
    if not resealed.total():
        say("No value had to be sealed anew.")
    for field, why in STAYS_AS_SEALED.items():
        if count := rotated.staying[field.rpartition(".")[0]]:
            say(f"{field}: {counted(count, 'value stays', 'values stay')} as sealed. {why}")
    older = counted(rotated.retired, "older data key is", "older data keys are")
    say(f"{older} named by no value any more.")


def _complain_of_what_is_left(rotated: Rotated) -> None:
    if rotated.unopened:
        complain(
            counted(len(rotated.unopened), "value opens", "values open")
            + " under no key, or its file is missing:",
            "They stay as they are, and so do the data keys. Were they restored from elsewhere?",
        )
        for place in rotated.unopened[:NAMED]:
            complain(f"  {place}")
    if rotated.unreached:
        complain(
            counted(len(rotated.unreached), "file", "files") + " could not be read or written now:",
            "They open as before. Once the store answers, run `recalldesk keys rotate` again.",
        )
        for place in rotated.unreached[:NAMED]:
            complain(f"  {place}")
    if rotated.left:
        complain(
            counted(rotated.left, "value was", "values were")
            + " sealed under an older data key meanwhile.",
            "They open as before. Run `recalldesk keys rotate` again to reach them.",
        )


def _say_wrapping(changed: int) -> None:
    stands = wrapping()
    wrapped = counted(changed, "data key was wrapped anew", "data keys were wrapped anew")
    say(f"{wrapped}; {stands.wrapped_by[stands.newest]:,} are under {stands.newest}.")
    if stands.not_needed:
        say(f"No data key needs {', '.join(stands.not_needed)} any more. Once every program has")
        say(f"been started with {stands.newest} in front, run this again; then take it out.")
