"""`recalldesk report effectiveness`: how effective a recall is, as a file."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from recalldesk.cli.named import recall_or_refuse
from recalldesk.cli.person import As, proved
from recalldesk.cli.recall import Slug
from recalldesk.cli.screen import say
from recalldesk.cli.sent_back import write_private
from recalldesk.reports.effectiveness import exporting
from recalldesk.reports.effectiveness.figures import effectiveness_of
from recalldesk.reports.effectiveness.handing_out import pdf_of


class Form(StrEnum):
    """In what form."""

    JSON = "json"
    XLSX = "xlsx"
    PDF = "pdf"


def add_to(app: typer.Typer) -> None:
    """Adds the command to those of reports."""
    app.command("effectiveness")(effectiveness)


def effectiveness(
    slug: Slug,
    as_: As,
    form: Annotated[Form, typer.Option("--format", help="In what form.")] = Form.JSON,
    to: Annotated[
        Path | None, typer.Option(help="The file; without it JSON is printed, others are named.")
    ] = None,
) -> None:
    """Say how effective a recall is: rates, forecast, funnels and reach, with their definitions."""
    found = effectiveness_of(recall_or_refuse(slug), by=proved(as_))
    if form is Form.JSON and to is None:
        sys.stdout.write(exporting.as_json(found))
        return
    makes = {
        Form.JSON: lambda: exporting.as_json(found).encode(),
        Form.XLSX: lambda: exporting.as_xlsx(found),
        Form.PDF: lambda: pdf_of(found),
    }
    place = to or Path(exporting.named(found, form.value))
    write_private(place, [makes[form]()])
    say(f"Written to {place}.")
