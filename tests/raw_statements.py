"""Statements which change, past every action, what a published version covers or says.

They are for a world of three versions: `LIVE` (version 1 of the kettle), `DRAFT` (version 2 of it,
with one serial added, one removed and one line rejected) and `OTHER` (the draft of another recall).
"""

from collections.abc import Mapping

from django.db import connection, transaction

from recalldesk.recalls.models import RecallVersion
from tests.cast import SERIALS, Desk, recall_text

ADDED = "TW24088881"
OTHER_SLUG = "other-k21"

LIVE = "(SELECT id FROM recalls_recallversion WHERE state = 'live')"
DRAFT = (
    "(SELECT v.id FROM recalls_recallversion v JOIN recalls_recall r ON r.id = v.recall_id"
    " WHERE v.state = 'draft' AND r.slug = 'kettle-k20')"
)
OTHER = (
    "(SELECT v.id FROM recalls_recallversion v JOIN recalls_recall r ON r.id = v.recall_id"
    f" WHERE r.slug = '{OTHER_SLUG}')"
)
LIST = f"(SELECT serial_list_id FROM units_serialimport WHERE version_id = {LIVE})"
IMPORT_COLUMNS = (
    "file_name, file_sha256, reading_digest, encoding, lines, heading, accepted, rejected,"
    " duplicate, blank, continued, removed, by_id, at"
)
VERSION_COLUMNS = (
    "recall_id, number, state, document, source, author_id, created_at, approved_by_id,"
    " approved_at, published_at, index_name"
)


def _published(number: int) -> str:
    return f", published_at = now(), index_name = 'kettle-k20-v{number}-x'"


def _another_version(number: str, state: str, rest: str = "NULL, NULL, NULL, ''") -> str:
    return (
        f"INSERT INTO recalls_recallversion ({VERSION_COLUMNS}) SELECT recall_id, {number},"
        f" '{state}', document, source, author_id, now(), {rest}"
        f" FROM recalls_recallversion WHERE id = {LIVE}"
    )


def _another_import(version: str, serial_list: str) -> str:
    return (
        f"INSERT INTO units_serialimport (version_id, serial_list_id, {IMPORT_COLUMNS})"
        f" SELECT {version}, {serial_list}, {IMPORT_COLUMNS}"
        f" FROM units_serialimport WHERE version_id = {LIVE}"
    )


def _moved(version: str, state: str, more: str = "") -> str:
    return f"UPDATE recalls_recallversion SET state = '{state}'{more} WHERE {version}"


def _approved(version: str) -> str:
    approver = "(SELECT id FROM accounts_staff WHERE name = 'Approver')"
    return _moved(version, "approved", f", approved_at = now(), approved_by_id = {approver}")


def _of_import(version: str) -> str:
    return f"(SELECT id FROM units_serialimport WHERE version_id = {version})"


VERSIONS: Mapping[str, str] = {
    "a draft moved below the live version": f"UPDATE recalls_recallversion SET number = 0"
    f" WHERE id = {DRAFT}",
    "a draft moved far above": f"UPDATE recalls_recallversion SET number = 9 WHERE id = {DRAFT}",
    "a draft of another author": "UPDATE recalls_recallversion SET author_id ="
    f" (SELECT approved_by_id FROM recalls_recallversion WHERE id = {LIVE}) WHERE id = {DRAFT}",
    "a version of another key": "UPDATE recalls_recallversion SET id = id + 1000"
    f" WHERE id = {DRAFT}",
    "a version born approved": _another_version("3", "approved", "approved_by_id, now(), NULL, ''"),
    "a version born live": _another_version("3", "live", "approved_by_id, now(), now(), 'x'"),
    "a version born superseded": _another_version(
        "3", "superseded", "approved_by_id, now(), now(), 'x'"
    ),
    "nothing live any more": "UPDATE recalls_recallversion SET state = 'superseded'"
    f" WHERE id = {LIVE}",
    "live without a moment of publication": ";".join(
        (
            _approved(f"id = {OTHER}"),
            _moved(f"id = {OTHER}", "live", f", index_name = '{OTHER_SLUG}-v1-x'"),
        )
    ),
    "an older version put in the place of a newer one": ";".join(
        (
            _approved(f"id = {DRAFT}"),
            _another_version("3", "draft"),
            _approved("number = 3"),
            _moved(f"id = {LIVE}", "superseded"),
            _moved("number = 3", "live", _published(3)),
            _moved("number = 3", "superseded"),
            _moved("number = 2", "live", _published(2)),
        )
    ),
    "live by the index of another version": ";".join(
        (
            _approved(f"id = {DRAFT}"),
            _moved(f"id = {LIVE}", "superseded"),
            _moved("number = 2", "live", _published(1)),
        )
    ),
    "a contribution to an approved version": "INSERT INTO recalls_contribution (version_id, by_id)"
    f" SELECT id, approved_by_id FROM recalls_recallversion WHERE id = {LIVE}",
}

SCOPES: Mapping[str, str] = {
    "an entry added": "INSERT INTO units_serialentry (serial_list_id, serial, serial_import_id)"
    f" SELECT {LIST}, 'TW24000000', {_of_import(LIVE)}",
    "an entry taken": f"DELETE FROM units_serialentry WHERE serial_import_id = {_of_import(LIVE)}",
    "entries that match no list": "INSERT INTO units_serialentry"
    " (serial_list_id, serial, serial_import_id)"
    f" SELECT {LIST}, 'TW24000000', {_of_import(OTHER)}",
    "a range added": 'INSERT INTO units_rangeentry (serial_list_id, start, "end",'
    f" serial_import_id) SELECT {LIST}, 'TW24000000', 'TW24000009', {_of_import(LIVE)}",
    "an import into the live version": _another_import(LIVE, LIST),
    "an import of another recall": _another_import(OTHER, LIST),
    "a draft's import moved": f"UPDATE units_serialimport SET version_id = {LIVE}"
    f" WHERE version_id = {DRAFT}",
    "a draft's import moved to another recall": f"UPDATE units_serialimport SET"
    f" version_id = {OTHER} WHERE version_id = {DRAFT}",
    "a draft's import of another list": "UPDATE units_serialimport SET serial_list_id = (SELECT"
    f" serial_list_id FROM units_serialimport WHERE version_id = {OTHER})"
    f" WHERE version_id = {DRAFT}",
    "a draft's import of another file": "UPDATE units_serialimport SET file_sha256 = 'x'"
    f" WHERE version_id = {DRAFT}",
    "an import that leaves its entries behind": "DELETE FROM units_serialreject;"
    f" DELETE FROM units_serialimport WHERE version_id = {DRAFT}",
    "a removal by another recall's draft": "INSERT INTO units_serialremoval (serial_list_id, start,"
    f" \"end\", removed_in_id) VALUES ({LIST}, '{SERIALS[0]}', '{SERIALS[0]}', {OTHER})",
    "a removal by the live version": "INSERT INTO units_serialremoval (serial_list_id, start,"
    f" \"end\", removed_in_id) VALUES ({LIST}, '{SERIALS[0]}', '{SERIALS[0]}', {LIVE})",
    "a removal restored by another recall": "UPDATE units_serialremoval SET"
    f" restored_in_id = {OTHER}",
    "a reject put into the live version": "INSERT INTO units_serialreject"
    " (serial_import_id, line_number, row, reason, settled_as)"
    f" VALUES ({_of_import(LIVE)}, 1, 'x', 'nul', '')",
    "a list of another name": "UPDATE units_seriallist SET name = 'other'",
    "a list of another key": f"UPDATE units_seriallist SET id = id + 1000 WHERE id = {LIST}",
    "a list deleted": "INSERT INTO units_seriallist (recall_id, name, read_as)"
    " SELECT id, 'empty', '' FROM recalls_recall; DELETE FROM units_seriallist"
    " WHERE name = 'empty'",
}

REFUSAL = r"recalldesk:|pgtrigger:|Invalid state transition|violates (foreign key|check)"
"""By a rule: a statement that lacks a new column would be refused too, and prove nothing."""

STATEMENTS: Mapping[str, str] = VERSIONS | SCOPES


def attempt(*statements: str) -> None:
    """Runs them in a savepoint, up to what a commit would check."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
        connection.check_constraints()


def make_world(desk: Desk) -> RecallVersion:
    """The three versions. Returns the live one."""
    live = desk.published()
    draft = desk.apply(recall_text(units=6))
    desk.take(draft, (*SERIALS[1:], ADDED, "x" * 40), replace=True)
    desk.take(desk.apply(recall_text(OTHER_SLUG, units=1)), ["TW24900000"])
    connection.check_constraints()
    return live
