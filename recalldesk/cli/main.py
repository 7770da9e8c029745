"""The `recalldesk` command: every part of it, and the one place where errors become words.

Guarantee: a mistake ends with a message that says what to do and a code of 1, never a traceback;
where a mail server runs the command, with a code that it understands.
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recalldesk.config.settings")

import dj_database_url
import django
import typer
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, OperationalError
from pydantic import ValidationError

from recalldesk.cli import ctrl_c
from recalldesk.cli.commands import app_for
from recalldesk.cli.exit_codes import as_read_by_whoever_runs
from recalldesk.cli.screen import complain
from recalldesk.config.environment import variable
from recalldesk.foundation.problem import Problem
from recalldesk.postgres.privileges import owner_if_another


def _refuse_unreadable_words() -> None:
    """Bytes that are no text in this terminal's encoding can be neither stored nor shown."""
    for word in sys.argv[1:]:
        if any("\ud800" <= character <= "\udfff" for character in word):
            shown = word.encode("utf-8", "backslashreplace").decode()
            sys.exit(complain(f"{shown} is not UTF-8 text.", "Write it, or name the file, anew."))


def _complain_of_file(error: OSError) -> int:
    named = f"{error.filename}: " if error.filename else ""
    wrong = f"{named}{error.strerror or error}."
    owner = owner_if_another(Path(error.filename)) if error.filename else None
    if owner and isinstance(error, PermissionError):
        return complain(
            f"{wrong} It belongs to the user {owner}.",
            f"Run this as {owner}; or let that user, or root, give you the folder (`chown -R`).",
        )
    return complain(wrong, "Check the path, its rights and space.")


def run() -> None:
    """Runs the command that the program was started with. Ends the program."""
    with as_read_by_whoever_runs(sys.argv[1:]):
        _refuse_unreadable_words()
        app = _loaded()
        ctrl_c.interrupts()
        _obey(app)


def _loaded() -> typer.Typer:
    """The commands of the words that were given, loaded once Django is set up."""
    try:
        django.setup()
        return app_for(sys.argv[1] if len(sys.argv) > 1 else "")
    except Problem as error:
        sys.exit(complain(error.message, error.hint))
    except ValidationError as error:
        fields = "; ".join(
            f"{variable(str(e['loc'][0]))}: {e['msg'].removeprefix('Value error, ')}"
            for e in error.errors()
        )
        sys.exit(complain(f"The settings cannot be read: {fields}.", "See docs/settings.md."))
    except dj_database_url.ParseError:
        # Its own words would show the address, and with it a password.
        sys.exit(complain("DATABASE_URL cannot be read.", "See docs/settings.md."))
    except OSError as error:
        sys.exit(_complain_of_file(error))


def _obey(app: typer.Typer) -> None:
    try:
        app()
    except Problem as error:
        sys.exit(complain(error.message, error.hint))
    except OSError as error:
        sys.exit(_complain_of_file(error))
    except SystemCheckError as error:
        sys.exit(complain(str(error), "Nothing was started."))
    except OperationalError as error:
        first_line = str(error).strip().partition("\n")[0]
        sys.exit(complain(f"The database does not answer: {first_line}", "Is DATABASE_URL right?"))
    except DatabaseError as error:
        first_line = str(error).strip().partition("\n")[0]
        hint = (
            "Run `recalldesk database prepare` first."
            if "does not exist" in first_line
            else "Nothing was changed."
        )
        sys.exit(complain(f"The database refused: {first_line}", hint))
