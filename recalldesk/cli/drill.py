"""`recalldesk drill`: a recall with made-up owners in a sandbox, and how ready the firm is."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from django.conf import settings
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from recalldesk.cli.named import recall_or_refuse
from recalldesk.cli.person import proved
from recalldesk.cli.screen import err, out, say
from recalldesk.drill.errors import DrillRefused
from recalldesk.drill.launch_day import LaunchDay
from recalldesk.drill.told import Told
from recalldesk.drill.wanted import Wanted

if TYPE_CHECKING:  # what it imports takes a second, and a wrong word is answered at once
    from recalldesk.drill.readiness.report import Readiness

USUAL, DAY = Wanted(), LaunchDay(1)
PAPERS = ("us-letter", "a4")


def drill(
    recall: Annotated[
        str, typer.Argument(metavar="RECALL", help="A recall by its name, or a recall file.")
    ],
    owners: Annotated[int, typer.Option(help="How many made-up owners come.")] = USUAL.owners,
    errors: Annotated[
        float, typer.Option(help="Share who mistype, cannot photograph, or own another unit.")
    ] = USUAL.errors,
    fraud: Annotated[
        float, typer.Option(help="Dishonest claims, as a share of the owners.")
    ] = USUAL.fraud,
    faults: Annotated[
        float, typer.Option(help="Share of requests that made-up providers fail.")
    ] = USUAL.faults,
    photos_of: Annotated[
        int, typer.Option(help="How many owners send photos; the others say they cannot.")
    ] = USUAL.photographed,
    reviewers: Annotated[
        int, typer.Option(help="How many made-up reviewers decide.")
    ] = USUAL.reviewers,
    seconds_a_case: Annotated[
        int, typer.Option(help="How long a reviewer takes for a claim.")
    ] = USUAL.seconds_a_case,
    seed: Annotated[int, typer.Option(help="The same seed draws the same drill.")] = USUAL.seed,
    units: Annotated[int, typer.Option(help="Recalled units, where the recall says none.")] = 0,
    told: Annotated[float, typer.Option(help="Share of units whose owners hear of it.")] = DAY.told,
    first_day: Annotated[
        float, typer.Option(help="Share of those who come on the first day.")
    ] = DAY.first_day,
    peak_hour: Annotated[
        float, typer.Option(help="Share of that day in its busiest hour.")
    ] = DAY.peak_hour,
    launch_on: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], metavar="DATE", help="The day of the launch, for what is due."
        ),
    ] = None,
    place: Annotated[
        Path | None, typer.Option("--in", help="The folder for the sandbox; else HOME/drill.")
    ] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Leave the sandbox where it is.")] = False,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Of the sandbox's server; 0: a free one.")
    ] = 0,
    pdf: Annotated[Path | None, typer.Option(help="Write the report as a PDF.")] = None,
    paper: Annotated[str, typer.Option(help="Of the PDF: us-letter or a4.")] = PAPERS[0],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    confirm: Annotated[
        bool, typer.Option("--confirm", help="Only say which contacts answer, one by one.")
    ] = False,
    as_: Annotated[
        str, typer.Option("--as", metavar="EMAIL", help="Your staff address, for --confirm.")
    ] = "",
) -> None:
    """Play the whole recall with made-up owners in a sandbox, and say how ready you are.

    Nothing real is touched, and nobody is told. Ends with 1 where you are not ready.
    """
    if confirm:
        _confirm(recall, as_)
        return
    _refuse_no_place(pdf, paper)
    from recalldesk.drill.rehearsing import Expected, Rehearsal

    wanted = Wanted(owners, errors, fraud, faults, photos_of, reviewers, seconds_a_case, seed)
    on = launch_on.date() if launch_on else None
    expected = Expected(units, told, first_day, peak_hour, on)
    with _shown() as tell:
        found = Rehearsal(
            subject=recall,
            wanted=wanted,
            expected=expected,
            place=(place or settings.HOME / "drill").absolute(),
            keep=keep,
            port=port,
            told=tell,
            kept_at=lambda folder: err.print(f"The sandbox stays in {folder}.", markup=False),
        ).hold()
    _tell(found, pdf=pdf, paper=paper, as_json=as_json)
    if not found.is_ready:
        raise typer.Exit(1)


def _refuse_no_place(pdf: Path | None, paper: str) -> None:
    """Before minutes are spent. Raises DrillRefused."""
    if paper not in PAPERS:
        raise DrillRefused(f"There is no paper {paper!r}.", f"Name {' or '.join(PAPERS)}.")
    if pdf is not None and not pdf.absolute().parent.is_dir():
        raise DrillRefused(f"There is no folder {pdf.absolute().parent}.", "Make it first.")


def _tell(found: "Readiness", *, pdf: Path | None, paper: str, as_json: bool) -> None:
    """The report: on paper where it is asked for, for programs, or at the terminal."""
    if pdf is not None:
        from recalldesk.drill.paper.as_pdf import as_pdf

        _write(pdf, as_pdf(found, paper=paper))
    if as_json:
        from recalldesk.drill.paper.as_json import told as values

        out.print_json(json.dumps(values(found)))
    else:
        from recalldesk.cli.drill_shown import show

        show(found)
        if pdf is not None:
            say(f"\nThe report stands in {pdf}.")


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all."""
    draft = path.with_name(f".{path.name}.part")
    draft.write_bytes(content)
    os.replace(draft, path)


@contextmanager
def _shown() -> Iterator[Callable[[Told], None]]:
    """How far it is, on standard error: a bar at a terminal, else a line a step."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[count]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task("Beginning", total=None, count="")
        last = ""

        def tell(step: Told) -> None:
            nonlocal last
            count = f"{step.done:,} of {step.of:,}" if step.of else ""
            total = step.of or None
            bar.update(task, description=step.step, total=total, completed=step.done, count=count)
            name = step.step.partition(":")[0]
            if not err.is_terminal and name != last:
                err.print(f"{name} …", markup=False)
            last = name

        yield tell


def _confirm(slug: str, email: str) -> None:
    """Goes through the contacts; each answer is kept at once."""
    from recalldesk.drill.readiness.contacts import Confirmations, contacts_of
    from recalldesk.foundation import clock
    from recalldesk.recalls.reads import document_of, live_version, newest_version

    recall = recall_or_refuse(slug)
    version = live_version(recall) or newest_version(recall)
    if version is None:
        raise DrillRefused(f"{slug} has no version yet.", "Apply its recall file first.")
    if not email:
        raise DrillRefused("Say who you are.", "Give your staff address with --as.")
    person, kept = proved(email), Confirmations(settings.HOME)
    for contact in contacts_of(document_of(version)):
        answers = typer.confirm(f"{contact}. Did you try it, and did somebody answer?")
        kept.say(contact, answers=answers, by=person.email, at=clock.now())
    say("Kept. The next drill reads it; after 30 days it asks again.")
