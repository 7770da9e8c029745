"""After a program that rotated was killed."""

import time

from django.db import connection


def wait_until_the_database_knows() -> None:
    """A killed program's lock is free once the database has seen that it is gone."""
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
            row = cursor.fetchone()
            if row == (0,):
                return
            time.sleep(0.02)
