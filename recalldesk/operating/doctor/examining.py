"""Asks all that the doctor knows to ask.

Guarantees: nothing is changed; one question that cannot be asked does not keep the others from
being asked; where the database does not answer, what stands outside it is said all the same.
"""

from collections.abc import Callable, Iterator

from django.db import DatabaseError, connection

from recalldesk.operating.doctor import database, hosts, installation, remedies, stand_in, work
from recalldesk.operating.doctor.findings import Finding
from recalldesk.postgres.errors import PostgresError

Question = Callable[[], Iterator[Finding]]
OUTSIDE: tuple[Question, ...] = (
    installation.settings_unfit,
    installation.home_unfit,
    installation.disks_full,
    installation.kept_on_one_disk,
    installation.copies_away,
)
OF_ANY_TABLES: tuple[Question, ...] = (
    database.tables_unfit,
    database.server_unfit,
    database.archive_behind,
)
OF_OUR_TABLES: tuple[Question, ...] = (
    database.keys_unfit,
    database.backups_old,
    work.no_worker,
    work.jobs_stuck,
    work.sums_pile_up,
    work.mail_fails,
    work.mail_server_away,
    work.log_stays,
    remedies.ordering_held,
    remedies.providers_failing,
    remedies.providers_unconnected,
    remedies.orders_stopped,
    remedies.rows_differ,
    remedies.codes_low,
    remedies.remedies_left,
    remedies.files_left,
    remedies.lines_unheard,
    hosts.hosts_shared,
    hosts.hosts_out_of_reach,
    stand_in.stand_in_old,
)


def examine() -> list[Finding]:
    """All findings."""
    found = _asked(OUTSIDE)
    if unreachable := _unreachable():
        return [*found, unreachable]
    of_tables = _asked(OF_ANY_TABLES)
    found += of_tables
    if not any(finding.id in ("rd.D011", "rd.D012") for finding in of_tables):
        found += _asked(OF_OUR_TABLES)
    return found


def _asked(questions: tuple[Question, ...]) -> list[Finding]:
    found = list[Finding]()
    for question in questions:
        try:
            found += question()
        except (DatabaseError, OSError) as error:
            found.append(
                Finding(
                    "rd.D099",
                    f"It could not be seen whether {question.__name__.replace('_', ' ')}: "
                    f"{type(error).__name__}.",
                    "Mend what else is named here, and ask again.",
                )
            )
    return found


def _unreachable() -> Finding | None:
    try:
        connection.ensure_connection()
    except PostgresError as error:
        return Finding("rd.D010", error.message, error.hint)
    except DatabaseError as error:
        first_line = str(error).strip().partition("\n")[0]
        return Finding(
            "rd.D010", f"The database does not answer: {first_line}", "Is DATABASE_URL right?"
        )
    return None
