"""The SQL of an import, in the order in which it runs. Named parameters: `Destination.keys`."""

from recalldesk.audit.states import Reason

TABLES = ("staged_serial", "staged_range", "staged_reject")

CREATE = (
    'CREATE TEMPORARY TABLE staged_serial (serial text COLLATE "C") ON COMMIT DROP',
    'CREATE TEMPORARY TABLE staged_range (start text COLLATE "C", "end" text COLLATE "C")'
    " ON COMMIT DROP",
    "CREATE TEMPORARY TABLE staged_reject (line_number bigint, row bytea, reason text)"
    " ON COMMIT DROP",
)

COPY_SERIALS = "COPY units_serialentry (serial_list_id, serial, serial_import_id) FROM STDIN"
STAGE_SERIALS = "COPY staged_serial (serial) FROM STDIN"

HAS_ANYTHING = """
    SELECT EXISTS (SELECT FROM units_serialentry WHERE serial_list_id = %(list)s)
    OR EXISTS (SELECT FROM units_rangeentry WHERE serial_list_id = %(list)s)
    OR EXISTS (SELECT FROM units_serialremoval WHERE serial_list_id = %(list)s)
"""
HAS_REMOVALS = "SELECT EXISTS (SELECT FROM units_serialremoval WHERE serial_list_id = %(list)s)"

_STAGED = """EXISTS (
    SELECT FROM (
        SELECT serial AS start, serial AS "end" FROM staged_serial
        UNION ALL SELECT start, "end" FROM staged_range
    ) AS s
    WHERE s.start = r.start AND s."end" = r."end"
)"""

# A row that was stored only now is counted where it was stored.
_COUNT_RETURNED = """
    SELECT count(*) FROM returned
    WHERE NOT EXISTS (
        SELECT FROM units_serialentry e WHERE e.serial_list_id = %(list)s
        AND e.serial = returned.start AND e.serial_import_id = %(import)s
    ) AND NOT EXISTS (
        SELECT FROM units_rangeentry e WHERE e.serial_list_id = %(list)s
        AND e.start = returned.start AND e."end" = returned."end"
        AND e.serial_import_id = %(import)s
    )
"""

# A removal by this very draft is taken back; one by an earlier version ends with this one.
RESTORE = (
    f"""
    WITH returned AS (
        DELETE FROM units_serialremoval r
        WHERE serial_list_id = %(list)s AND removed_in_id = %(version)s AND {_STAGED}
        RETURNING start, "end"
    ) {_COUNT_RETURNED}
    """,  # noqa: S608 - made of the constants of this module
    f"""
    WITH returned AS (
        UPDATE units_serialremoval r SET restored_in_id = %(version)s
        WHERE serial_list_id = %(list)s AND restored_in_id IS NULL AND {_STAGED}
        RETURNING start, "end"
    ) {_COUNT_RETURNED}
    """,  # noqa: S608 - made of the constants of this module
)

# Sorted rows enter a B-tree several times faster than rows in the order of a file.
KEEP = (
    """
    INSERT INTO units_serialentry (serial_list_id, serial, serial_import_id)
    SELECT %(list)s, serial, %(import)s FROM staged_serial GROUP BY serial ORDER BY serial
    ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO units_rangeentry (serial_list_id, start, "end", serial_import_id)
    SELECT %(list)s, start, "end", %(import)s FROM staged_range ORDER BY start, "end"
    ON CONFLICT DO NOTHING
    """,
)

_NOT_REMOVED = """NOT EXISTS (
    SELECT FROM units_serialremoval r
    WHERE r.serial_list_id = %(list)s AND r.restored_in_id IS NULL
    AND r.start = {start} AND r."end" = {end}
)"""

REMOVE = (
    """
    DELETE FROM units_serialentry e USING units_serialimport i
    WHERE e.serial_list_id = %(list)s AND i.id = e.serial_import_id AND i.version_id = %(version)s
    AND NOT EXISTS (SELECT FROM staged_serial s WHERE s.serial = e.serial)
    """,
    """
    DELETE FROM units_rangeentry e USING units_serialimport i
    WHERE e.serial_list_id = %(list)s AND i.id = e.serial_import_id AND i.version_id = %(version)s
    AND NOT EXISTS (SELECT FROM staged_range s WHERE s.start = e.start AND s."end" = e."end")
    """,
    f"""
    UPDATE units_serialremoval r SET restored_in_id = NULL
    WHERE serial_list_id = %(list)s AND restored_in_id = %(version)s AND NOT {_STAGED}
    """,  # noqa: S608 - made of the constants of this module
    f"""
    INSERT INTO units_serialremoval (serial_list_id, start, "end", removed_in_id)
    SELECT %(list)s, e.serial, e.serial, %(version)s FROM units_serialentry e
    WHERE e.serial_list_id = %(list)s
    AND NOT EXISTS (SELECT FROM staged_serial s WHERE s.serial = e.serial)
    AND {_NOT_REMOVED.format(start="e.serial", end="e.serial")}
    """,  # noqa: S608 - made of the constants of this module
    f"""
    INSERT INTO units_serialremoval (serial_list_id, start, "end", removed_in_id)
    SELECT %(list)s, e.start, e."end", %(version)s FROM units_rangeentry e
    WHERE e.serial_list_id = %(list)s
    AND NOT EXISTS (SELECT FROM staged_range s WHERE s.start = e.start AND s."end" = e."end")
    AND {_NOT_REMOVED.format(start="e.start", end='e."end"')}
    """,  # noqa: S608 - made of the constants of this module
)

# A line that an import of the same file read in the same way has rejected for the same reason is
# asked about once more, unless it is still open, or a person found last that it names no unit. One
# settled as corrected may have lost its corrected row since; a replacing file always takes it away.
KEEP_REJECTS = f"""
    INSERT INTO units_serialreject (serial_import_id, line_number, row, reason, settled_as)
    SELECT %(import)s, s.line_number, s.row, s.reason, '' FROM staged_reject s
    WHERE NOT EXISTS (
        SELECT FROM (
            SELECT DISTINCT ON (r.line_number) r.line_number, r.reason, r.settled_at, r.settled_as
            FROM units_serialreject r
            WHERE r.serial_import_id = ANY(%(earlier)s) ORDER BY r.line_number, r.id DESC
        ) AS last
        WHERE last.line_number = s.line_number AND last.reason = s.reason
        AND (
            last.settled_at IS NULL
            OR (last.settled_as = '{Reason.NOT_A_UNIT}' AND NOT %(replace)s)
        )
    )
    ORDER BY s.line_number
"""  # noqa: S608 - made of the constants of this module

# By statement: Django would look for the import's serials first, in a table without an index of
# imports. The database itself refuses to leave a reject or a range without its import.
FORGET = "DELETE FROM units_serialimport WHERE id = %(import)s"
