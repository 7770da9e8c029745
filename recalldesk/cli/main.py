"""The `recalldesk` command: every part of it, and the one place where errors become words.

Guarantee: a mistake ends with a message that says what to do and a code of 1, never a traceback;
where a mail server runs the command, with a code that it understands.
"""

import os
import sys
from functools import cache
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recalldesk.config.settings")

import dj_database_url
import django
import typer
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, OperationalError
from pydantic import ValidationError

from recalldesk.cli import ctrl_c
from recalldesk.cli.exit_codes import as_read_by_whoever_runs
from recalldesk.cli.screen import complain
from recalldesk.config.environment import variable
from recalldesk.foundation.problem import Problem
from recalldesk.postgres.privileges import owner_if_another


@cache
def _app() -> typer.Typer:
    """The commands, loaded once Django is set up.

    Once in a process: the groups are kept by their modules, and would take each command once more.
    """
    app = typer.Typer(
        no_args_is_help=True,
        help="Runs a product recall end to end on your own server.",
        pretty_exceptions_enable=False,
    )
    _add_groups(app)
    _add_commands(app)
    return app


def _add_groups(app: typer.Typer) -> None:
    _add_groups_of_recalls(app)
    _add_groups_of_owners(app)
    _add_groups_of_publicity(app)
    _add_groups_of_operating(app)


def _add_groups_of_recalls(app: typer.Typer) -> None:
    from recalldesk.cli import (
        apikey,
        feeds,
        notice,
        notice_export,
        recall,
        recall_approval,
        recall_lint,
        recall_pictures,
        recall_release,
        rejects,
        serials,
        staff,
    )

    app.add_typer(recall.app, name="recall", help="Define, approve and publish recalls.")
    recall_lint.add_to(recall.app)
    recall_approval.add_to(recall.app)
    recall_release.add_to(recall.app)
    recall_pictures.add_to(recall.app)
    app.add_typer(notice.app, name="notice", help="See what the public reads.")
    notice_export.add_to(notice.app)
    app.add_typer(serials.app, name="serials", help="Import serial numbers.")
    rejects.add_to(serials.app)
    app.add_typer(staff.app, name="staff", help="Add and list staff.")
    app.add_typer(apikey.app, name="apikey", help="Give partners keys to the API, and revoke them.")
    app.add_typer(feeds.app, name="feeds", help="Read the recalls of others, and search them.")


def _add_groups_of_owners(app: typer.Typer) -> None:
    from recalldesk.cli import (
        claim,
        corrections,
        incidents,
        purchasers,
        purchasers_shops,
        remedies,
        sites,
        wave_letters,
        waves,
        wishes,
    )

    app.add_typer(claim.app, name="claim", help="Look at owners' claims, and answer them.")
    app.add_typer(corrections.app, name="corrections", help="Count what others corrected.")
    app.add_typer(sites.app, name="sites", help="Where owners can take recalled units.")
    app.add_typer(incidents.app, name="incidents", help="Bring in incident reports, count them.")
    app.add_typer(purchasers.app, name="purchasers", help="Find who bought affected units.")
    purchasers_shops.add_to(purchasers.app)
    app.add_typer(waves.app, name="waves", help="Write to purchasers, in waves.")
    wave_letters.add_to(waves.app)
    app.add_typer(remedies.app, name="remedies", help="Look after what hands remedies out.")
    app.add_typer(wishes.app, name="wishes", help="Who asked to be told when a recall grows.")


def _add_groups_of_publicity(app: typer.Typer) -> None:
    from recalldesk.cli import hits, publicity

    app.add_typer(publicity.app, name="publicity", help="Enter what is done in public.")
    app.add_typer(hits.app, name="hits", help="Count hits on a recall's public pages.")


def _add_groups_of_operating(app: typer.Typer) -> None:
    from recalldesk.cli import audit, database, keys, mail, mail_check, photos, sms

    app.add_typer(mail.app, name="mail", help="Check how mail leaves; take news of it.")
    mail_check.add_to(mail.app)
    app.add_typer(sms.app, name="sms", help="Take answers to text messages.")
    app.add_typer(photos.app, name="photos", help="See what is read in photos.")
    app.add_typer(audit.app, name="audit", help="Verify the log, sign its head, export claims.")
    app.add_typer(keys.app, name="keys", help="Make keys, and rotate those that seal.")
    app.add_typer(database.app, name="database", help="Prepare and look after the database.")


def _add_commands(app: typer.Typer) -> None:
    from recalldesk.cli import backup, check, demo, serve, upkeep, work

    backup.add_to(app)
    upkeep.add_to(app)
    app.command("check")(check.check)
    app.command("serve")(serve.serve)
    app.command("work")(work.work)
    app.command("demo")(demo.demo)


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
    try:
        django.setup()
        return _app()
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
