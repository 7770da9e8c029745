"""What the database does at each write to the scope of a version: it holds the version, then looks.

Guarantees: a row is written only at a draft, and only at a list of that draft's own recall; the
draft is held by share until the transaction ends, so that an approval waits for it, and what waited
for an approval is refused.
"""

import pgtrigger

REFUSED = "RAISE EXCEPTION 'recalldesk: the scope of an approved version cannot be changed';"


def versions_are_drafts(versions: str) -> str:
    """Statements which hold these versions, an array, and refuse unless all are drafts."""
    return f"""
        PERFORM FROM recalls_recallversion WHERE id = ANY({versions}) ORDER BY id FOR SHARE;
        IF EXISTS (
            SELECT FROM recalls_recallversion
            WHERE id = ANY({versions}) AND approved_at IS NOT NULL
        ) THEN
            {REFUSED}
        END IF;
    """


def of_one_recall(serial_list: str, versions: str) -> str:
    """Statements which refuse unless the list belongs to the recall of all these versions."""
    return f"""
        IF EXISTS (
            SELECT FROM recalls_recallversion
            WHERE id = ANY({versions}) AND recall_id IS DISTINCT FROM
                (SELECT recall_id FROM units_seriallist WHERE id = {serial_list})
        ) THEN
            RAISE EXCEPTION 'recalldesk: the list belongs to another recall';
        END IF;
    """  # noqa: S608 - the expressions are those written in this package


LET_THE_ROW_THROUGH = """
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


def added_to_a_draft_only(*, name: str, bears_list: bool = True) -> pgtrigger.Trigger:
    """Refuses rows added to the imports of an approved version; once for all rows of a COPY."""
    return _once_a_statement(name, pgtrigger.Insert, "new", bears_list)


def taken_from_a_draft_only(*, name: str) -> pgtrigger.Trigger:
    """Refuses rows taken from the imports of an approved version."""
    return _once_a_statement(name, pgtrigger.Delete, "old", bears_list=True)


def removed_by_a_draft_only(*, name: str) -> pgtrigger.Trigger:
    """Refuses removals by an approved version, or from another recall's list; once for all rows."""
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="touched"),  # type: ignore[no-untyped-call]  # untyped there
        declare=[("place", "record"), ("versions", "bigint[]")],
        func=f"""
            FOR place IN
                SELECT DISTINCT serial_list_id, removed_in_id, restored_in_id FROM touched
                ORDER BY serial_list_id, removed_in_id, restored_in_id
            LOOP
                versions := ARRAY[place.removed_in_id, place.restored_in_id];
                {versions_are_drafts("versions")}
                {of_one_recall("place.serial_list_id", "versions")}
            END LOOP;
            RETURN NULL;
        """,  # noqa: S608 - the expressions are those written in this package
    )


def _once_a_statement(
    name: str, operation: pgtrigger.Operation, side: str, bears_list: bool
) -> pgtrigger.Trigger:
    columns, same_list = "serial_import_id", ""
    if bears_list:
        columns = "serial_import_id, serial_list_id"
        same_list = "AND i.serial_list_id = place.serial_list_id"
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**{side: "touched"}),  # type: ignore[no-untyped-call]  # untyped there
        declare=[("place", "record")],
        func=f"""
            FOR place IN SELECT DISTINCT {columns} FROM touched ORDER BY {columns} LOOP
                PERFORM FROM units_serialimport i
                JOIN recalls_recallversion v ON v.id = i.version_id
                WHERE i.id = place.serial_import_id {same_list} AND v.approved_at IS NULL
                FOR KEY SHARE OF i FOR SHARE OF v;
                IF NOT FOUND THEN
                    {REFUSED}
                END IF;
            END LOOP;
            RETURN NULL;
        """,  # noqa: S608 - the expressions are those written in this package
    )
