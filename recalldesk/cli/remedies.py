"""`recalldesk remedies`: what owners get, and who hands it out."""

import typer

from recalldesk.cli import gift_codes, remedy_files
from recalldesk.cli.remedy_owners import owners
from recalldesk.cli.remedy_reconciling import go_on, reconcile, settle

app = typer.Typer(no_args_is_help=True)
app.add_typer(gift_codes.app, name="codes", help="Bring in gift codes of your own, and count them.")
app.add_typer(remedy_files.app, name="files", help="Hand out files to warehouse and bank.")
app.command("owners")(owners)
app.command("reconcile")(reconcile)
app.command("settle")(settle)
app.command("go-on")(go_on)


@app.callback()
def _remedies() -> None:
    """Remedies are ordered by jobs; these commands look after their providers."""
