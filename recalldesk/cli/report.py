"""`recalldesk report`: what an authority is told of a period, filed, and what changed since."""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from recalldesk.accounts.models import Staff
from recalldesk.cli.named import recall_or_refuse
from recalldesk.cli.person import As, proved
from recalldesk.cli.recall import Slug
from recalldesk.cli.screen import plain, say, show_table
from recalldesk.cli.sent_back import write_private
from recalldesk.foundation import clock
from recalldesk.foundation.problem import Problem
from recalldesk.inquiries.seats import recalls_seen_by
from recalldesk.recalls.models import Recall
from recalldesk.reports.desk_figures.period import Period
from recalldesk.reports.progress import words
from recalldesk.reports.progress.cells.every import cell_named
from recalldesk.reports.progress.changed import changed_since
from recalldesk.reports.progress.counting import rows_of
from recalldesk.reports.progress.due import reports_due
from recalldesk.reports.progress.figures import Span
from recalldesk.reports.progress.filing import file_report
from recalldesk.reports.progress.periods import Stage, month_before
from recalldesk.reports.progress.reads import filing, filings
from recalldesk.reports.progress.report import Report, cell_count, report_of

app = typer.Typer(no_args_is_help=True)
From = Annotated[
    datetime | None,
    typer.Option("--from", formats=["%Y-%m-%d"], help="First day, of UTC; else of last month."),
]
To = Annotated[
    datetime | None,
    typer.Option("--to", formats=["%Y-%m-%d"], help="Last day, of UTC; else of last month."),
]


class Form(StrEnum):
    """What a report is written as."""

    PDF = "pdf"
    XLSX = "xlsx"
    JSON = "json"


@app.callback()
def _report() -> None:
    """Reports to authorities: counted from rows, filed, held against what is counted now."""


@app.command("progress")
def progress(
    slug: Slug,
    as_: As,
    first: From = None,
    last: To = None,
    form: Annotated[Form, typer.Option("--format", help="Of the file.")] = Form.PDF,
    to_file: Annotated[
        Path | None, typer.Option("--to-file", help="The new file; else it is shown.")
    ] = None,
) -> None:
    """Count the Monthly Progress Report of a period; without days, of the last month."""
    recall, person = recall_or_refuse(slug), proved(as_)
    report = report_of(recall, _period(first, last), by=person)
    if to_file is None:
        _show(report)
        return
    write_private(to_file, [_makers()[form](report)])
    say(f"Written to {to_file}.")


@app.command("rows")
def rows(
    slug: Slug,
    cell: Annotated[
        str, typer.Argument(metavar="CELL", help="Its name: corrected-consumer-period.")
    ],
    as_: As,
    first: From = None,
    last: To = None,
) -> None:
    """List the rows behind a cell of the report; none of them names an owner or a unit."""
    recall, person, period = recall_or_refuse(slug), proved(as_), _period(first, last)
    chosen = cell_named(cell)
    number = cell_count(recall, period, chosen, by=person)
    table = Table("row", "adds", "counts from (UTC)", "what it is")
    for row in rows_of(recall, period, chosen):
        told = " · ".join(str(each) for each in row.told.cells if each != "")
        table.add_row(str(row.number), f"{row.adds:+,}", f"{row.at:%Y-%m-%d %H:%M}", plain(told))
    show_table(table)
    say(f"{chosen.figure.title}, {_span(chosen.span)}: {number:,}")


@app.command("file")
def file_(
    slug: Slug,
    as_: As,
    first: From = None,
    last: To = None,
    note: Annotated[str, typer.Option(help="What is to be kept with it, sealed.")] = "",
    to_file: Annotated[
        Path | None, typer.Option("--to-file", help="A new file for the PDF that was frozen.")
    ] = None,
) -> None:
    """Freeze the report of a period that is over as filed. Nothing is sent by it."""
    recall, person, period = recall_or_refuse(slug), proved(as_), _period(first, last)
    row = file_report(
        recall=recall, period=period, by=person, nonce=secrets.token_hex(16), note=note
    )
    say(
        f"{slug}, {period.first} to {period.last}: filed as number {row.pk}, "
        f"revision {row.revision}."
    )
    say(f"SHA-256 of what was frozen: {row.content_sha256}")
    say(f"SHA-256 of the PDF: {row.pdf_sha256}")
    if to_file is not None:
        write_private(to_file, [bytes(row.pdf)])
        say(f"The PDF stands in {to_file}: hand it in.")


@app.command("due")
def due(as_: As) -> None:
    """List the months whose report is not filed, and every filing."""
    person = proved(as_)
    seen = recalls_seen_by(person)
    for each in reports_due([recall.slug for recall in seen]):
        late = "LATE, was due" if each.stage is Stage.LATE else "due"
        say(f"{each.slug}: {each.month.first:%B %Y} is {late} on {each.month.due_on}")
    for recall in seen:
        _say_filings(recall, person)


@app.command("changed")
def changed(
    slug: Slug,
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="Of a filing: see `due`.")],
    as_: As,
) -> None:
    """Hold a filing against what is counted now, with the rows that make each difference."""
    recall, person = recall_or_refuse(slug), proved(as_)
    found = changed_since(filing(recall, number, by=person), by=person)
    if found.is_nothing:
        say("Nothing changed: filed now, it would say the same.")
    for each in found.cells:
        say(
            f"{each.cell.figure.title}, {_span(each.cell.span)}: {each.filed:,} filed, "
            f"{each.now:,} now ({each.difference:+,})"
        )
        for row in each.rows:
            told = " · ".join(str(cell) for cell in row.told.cells if cell != "")
            say(plain(f"  row {row.number}: {row.adds:+,}, {row.at:%Y-%m-%d %H:%M}, {told}"))
        if each.unexplained:
            say(f"  {each.unexplained:+,} of rows that count otherwise now, or of none")
    for word in found.words:
        say(plain(f"{word.what}: “{word.filed}” filed, “{word.now}” now"))


def _makers() -> Mapping[Form, Callable[[Report], bytes]]:
    from recalldesk.reports.progress.as_pdf import as_pdf
    from recalldesk.reports.progress.as_xlsx import as_xlsx
    from recalldesk.reports.progress.content import as_json

    return {Form.PDF: as_pdf, Form.XLSX: as_xlsx, Form.JSON: as_json}


def _period(first: datetime | None, last: datetime | None) -> Period:
    usual = month_before(clock.now().date()).period
    if first is None and last is None:
        return usual
    if first is None or last is None:
        raise Problem("A period has a first and a last day.", "Give both --from and --to.")
    if first > last:
        raise Problem(
            f"The last day, {last:%Y-%m-%d}, comes before the first, {first:%Y-%m-%d}.",
            "Give the earlier one with --from, the later one with --to.",
        )
    return Period(first.date(), last.date())


def _show(report: Report) -> None:
    head = report.head
    say(words.TITLE)
    say(plain(f"{head.recall}, {report.period.first} to {report.period.last}, {head.firm}"))
    say(plain(f"Case {head.case_number or words.DASH}, {head.compliance_officer or words.DASH}"))
    for note in words.notes(report):
        say(plain(note))
    table = Table("section", "figure", "name", "this period", "so far")
    for figure in report.shown:
        numbers = words.both(report.numbers[figure.name])
        table.add_row(figure.section.value, plain(figure.title), figure.name, *numbers)
    show_table(table)
    units = words.affected(report.affected.total, report.affected)
    say(f"Affected by the recall: {units} units")
    say(plain(f"On the home page: {words.home_page(report.publicity.home_page)}"))
    say("Rows behind a number: `recalldesk report rows RECALL NAME-period` or `NAME-so-far`.")


def _say_filings(recall: Recall, person: Staff) -> None:
    for row in filings(recall, by=person):
        say(
            f"{recall.slug}: {row.first_day} to {row.last_day} filed on "
            f"{row.at:%Y-%m-%d %H:%M} UTC by {row.by.name}, number {row.pk}, "
            f"revision {row.revision}"
        )


def _span(span: Span) -> str:
    return "this period" if span is Span.PERIOD else "so far"
