"""After the tables are made or changed: no setting of a session switches a trigger off.

Guarantees: `pgtrigger.ignore` is without effect; `session_replication_role = replica` does not pass
the triggers by; a temporary table, or a schema put before ours, never stands in for the tables that
a trigger reads. What a table's owner does to the trigger itself (ALTER TABLE … DISABLE TRIGGER) the
database cannot refuse; the next migration switches it on again.
"""

from typing import Any

from django.db import connections

# django-pgtrigger writes these functions with each trigger that it makes. Its own switch, meant for
# tests, would let everybody who may write to a table past its triggers.
CANNOT_BE_SWITCHED_OFF = r"""
DO $$
DECLARE
    found record;
BEGIN
    FOR found IN
        SELECT p.oid::regprocedure AS name, n.nspname AS schema
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE p.proname = '_pgtrigger_should_ignore' AND p.prosrc <> 'SELECT false'
    LOOP
        EXECUTE format(
            'CREATE OR REPLACE FUNCTION %I._pgtrigger_should_ignore(trigger_name name)'
            ' RETURNS boolean LANGUAGE sql IMMUTABLE AS ''SELECT false''',
            found.schema
        );
    END LOOP;
    FOR found IN
        SELECT DISTINCT t.tgfoid::regprocedure AS name, n.nspname AS schema
        FROM pg_trigger t
        JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_proc p ON p.oid = t.tgfoid
        WHERE t.tgname LIKE 'pgtrigger\_%' AND p.proconfig IS NULL
    LOOP
        EXECUTE format(
            'ALTER FUNCTION %s SET search_path = pg_catalog, %I, pg_temp', found.name, found.schema
        );
    END LOOP;
    FOR found IN
        SELECT t.tgrelid::regclass AS home, t.tgname AS name FROM pg_trigger t
        WHERE (t.tgname LIKE 'pgtrigger\_%' OR t.tgname LIKE 'recalldesk\_sums\_%')
            AND t.tgenabled <> 'A'
    LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', found.home, found.name);
    END LOOP;
END
$$
"""


def keep_them_on(using: str, **_: Any) -> None:
    """Django's `post_migrate` calls it, once all migrations have run. Safe to run again."""
    with connections[using].cursor() as cursor:
        cursor.execute(CANNOT_BE_SWITCHED_OFF)
