"""`recalldesk recall`: from a file to a draft, and a look at what there is."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from recalldesk.cli.asked import say_how_often_asked
from recalldesk.cli.named import recall_or_refuse, text_or_refuse, version_or_refuse
from recalldesk.cli.person import As, proved
from recalldesk.cli.picture_files import take_beside
from recalldesk.cli.screen import counted, err, say, show_table
from recalldesk.pictures.reads import pictures_that_differ
from recalldesk.recalls.actions import apply_recall_file
from recalldesk.recalls.approval import has_unfinished
from recalldesk.recalls.differences import Difference, differences
from recalldesk.recalls.errors import RecallFileProblems, RecallProblem
from recalldesk.recalls.linting import NoticeFinding, notice_findings_of
from recalldesk.recalls.models import RecallVersion, state_of
from recalldesk.recalls.reads import (
    document_of,
    every_recall,
    live_version,
    newest_version,
    versions_of,
)
from recalldesk.recalls.recall_file import read_recall_file
from recalldesk.recalls.starting import TEMPLATE_NAME, starting_text
from recalldesk.recalls.states import RecallState, VersionState
from recalldesk.units.facts import alphabets_of
from recalldesk.units.list_differences import lists_that_differ
from recalldesk.units.publication import Standing, standing_findings
from recalldesk.units.reads import count_covered
from recalldesk.units.stamps import SHORT, stamp_of

app = typer.Typer(no_args_is_help=True)

Slug = Annotated[str, typer.Argument(metavar="RECALL", help="The recall's name.")]
RecallFile = Annotated[Path, typer.Argument(metavar="FILE", help="A recall.toml.")]
Version = Annotated[int | None, typer.Option(help="A version's number; else the newest.")]


def read_or_complain(path: Path) -> str:
    """The file's text, once it was found to hold together."""
    text = text_or_refuse(path)
    try:
        read_recall_file(text)
    except RecallFileProblems as error:
        for problem in error.problems:
            err.print(f"{path}: {problem}", markup=False)
        raise
    return text


def _say_differences(found: tuple[Difference, ...]) -> None:
    for difference in found:
        say(f"  {difference.path}")
        say(f"    before: {difference.before}")
        say(f"    after:  {difference.after}")


def say_findings(found: tuple[Standing, ...], of_notice: tuple[NoticeFinding, ...]) -> None:
    """What holds publication back, and what the linter finds, a line each."""
    for standing in found:
        say(f"  ! {standing}")
    for each in of_notice:
        say(f"  {each.finding.severity} {each}")


@app.command("new")
def new(
    slug: Slug,
    to: Annotated[Path | None, typer.Option(help="Where to write it; RECALL.toml here.")] = None,
) -> None:
    """Write a recall file to start from, and its picture. It is valid; its content is made up."""
    path = to or Path(f"{slug}.toml")
    text = starting_text(slug)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise RecallProblem(
            f"{path} is there already.", "Choose another name with --to; nothing was changed."
        ) from error
    except OSError as error:
        raise RecallProblem(f"{path} cannot be written: {error.strerror}.") from error
    _write_pictures(path.parent)
    say(f"Wrote {path}. Fill it in, then: recalldesk recall apply {path} --as you@example.com")


def _write_pictures(folder: Path) -> None:
    """The made-up pictures that the file names, beside it; what is there already stays."""
    from recalldesk.demo.pictures import DRAWN, drawn_picture

    for name in DRAWN[TEMPLATE_NAME]:
        picture = folder / name
        if not picture.exists():
            picture.write_bytes(drawn_picture(TEMPLATE_NAME, name))


@app.command("apply")
def apply(file: RecallFile, as_: As) -> None:
    """Make or change the draft of the recall that the file names, with pictures beside the file."""
    text = read_or_complain(file)
    person = proved(as_)
    applied = apply_recall_file(text=text, by=person)
    version = applied.version
    if applied.changed:
        say(f"{version.recall.slug} version {version.number} is a draft with this file.")
        _say_differences(applied.changes)
    else:
        say(f"{version.recall.slug} version {version.number} says that already.")
    take_beside(file, version, person)


@app.command("diff")
def diff(
    slug: Slug,
    file: Annotated[Path | None, typer.Argument(help="A recall.toml; else two versions.")] = None,
    before: Annotated[
        int | None, typer.Option(help="The version before; else the last one.")
    ] = None,
    after: Annotated[int | None, typer.Option(help="The version after; else the newest.")] = None,
) -> None:
    """Show what a file, or a newer version, says otherwise."""
    recall = recall_or_refuse(slug)
    newest = version_or_refuse(recall, after)
    beside: tuple[str, ...] = ()
    if file is not None:
        old, new_document = document_of(newest), read_recall_file(read_or_complain(file))
    else:
        if before is None and newest.number == 1:
            raise RecallProblem(f"{slug} has one version only.", "Name a file to compare it with.")
        earlier = before if before is not None else newest.number - 1
        compared = version_or_refuse(recall, earlier)
        old, new_document = document_of(compared), document_of(newest)
        pictures = (f"picture {file}: another" for file in pictures_that_differ(compared, newest))
        lists = (str(each) for each in lists_that_differ(compared, newest))
        beside = (*lists, *pictures)
    found = differences(old, new_document)
    if not found and not beside:
        say("Nothing differs.")
    _say_differences(found)
    for line in beside:
        say(f"  {line}")


@app.command("list")
def list_() -> None:
    """List the recalls: which version is live, and which one is on its way."""
    table = Table("recall", "state", "live", "on its way", "headline")
    for recall in every_recall():
        newest = newest_version(recall)
        if newest is None:
            continue
        live = live_version(recall)
        coming = "" if newest == live else f"{newest.number}, {newest.get_state_display().lower()}"
        headline = next(iter(document_of(newest).texts.headline.values()))
        table.add_row(
            recall.slug, state_of(recall).label, str(live.number) if live else "", coming, headline
        )
    show_table(table)


@app.command("show")
def show(slug: Slug, version: Version = None) -> None:
    """Show a recall: its versions, what is covered, what holds it back, how often was asked."""
    recall = recall_or_refuse(slug)
    say(f"{recall.slug}: {state_of(recall).label.lower()}")
    for entry in versions_of(recall):
        approved = f", approved by {entry.approved_by.name}" if entry.approved_by else ""
        published = (
            f", live since {entry.published_at:%Y-%m-%d %H:%M} UTC" if entry.published_at else ""
        )
        say(
            f"  version {entry.number}: {entry.get_state_display().lower()}, "
            f"written by {entry.author.name}{approved}{published}"
        )
    chosen = version_or_refuse(recall, version)
    document = document_of(chosen)
    say(f"version {chosen.number} covers:")
    alphabets = alphabets_of(chosen)
    for name, count in count_covered(chosen, alphabets).items():
        ranges = f", {count.units_in_ranges:,} in ranges" if count.units_in_ranges else ""
        say(f"  list {name}: {counted(count.serials, 'serial', 'serials')}{ranges}")
    for span in document.scope.ranges:
        say(f"  {span.meaning.value}: {span.start} to {span.end}")
    for pattern in document.scope.patterns:
        say(f"  {pattern.meaning.value}: {pattern.pattern}")
    found, of_notice = standing_findings(chosen), notice_findings_of(chosen)
    say_findings(found, of_notice)
    if state_of(recall) is not RecallState.PREPARING:
        say_how_often_asked(recall)
    held = any(standing.holds for standing in found) or any(n.is_open_error for n in of_notice)
    say(_next_step(chosen, held=held))


def _next_step(version: RecallVersion, *, held: bool) -> str:
    """What is left to do with a version."""
    slug, number = version.recall.slug, version.number
    if version.state == VersionState.LIVE:
        return f"Version {number} is what owners are answered by."
    if version.state == VersionState.SUPERSEDED:
        return f"A later version took the place of version {number}."
    holding = "What holds it back stands above. " if held else "Nothing holds it back. "
    if version.state == VersionState.DRAFT and has_unfinished(version):
        return f"{holding}An unfinished change lies beside it: complete or drop it at the desk."
    if version.state == VersionState.DRAFT:
        seen = stamp_of(version)[:SHORT]
        return (
            f"{holding}Next, somebody who wrote nothing of it: "
            f"recalldesk recall approve {slug} --seen {seen}"
        )
    return f"{holding}Next: recalldesk recall publish {slug} --version {number}"
