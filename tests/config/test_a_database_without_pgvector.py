"""A database that cannot find like photos is refused, with what to do, before it is prepared."""

import pytest
from django.db import connection

from recalldesk.config.database import PgvectorMissing, provide_pgvector, refuse_pgvector


@pytest.mark.parametrize(
    ("added", "available"), [("0.8.5", "0.8.5"), ("0.7.0", None), (None, "0.8.0"), (None, "1.0")]
)
def test_one_that_is_new_enough_is_taken(added: str | None, available: str | None) -> None:
    refuse_pgvector(added, available)


@pytest.mark.parametrize(
    ("added", "available", "hint"),
    [
        (None, None, "postgresql-17-pgvector"),
        (None, "0.6.2", "postgresql-17-pgvector"),
        ("0.6.2", "0.8.0", "ALTER EXTENSION vector UPDATE"),
    ],
)
def test_one_that_is_missing_or_old_is_refused_in_words(
    added: str | None, available: str | None, hint: str
) -> None:
    with pytest.raises(PgvectorMissing) as refused:
        refuse_pgvector(added, available)
    assert hint in refused.value.hint


@pytest.mark.django_db
def test_it_is_added_where_that_is_allowed() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP EXTENSION vector CASCADE")
        provide_pgvector()
        cursor.execute("SELECT '101'::bit(3) <~> '001'::bit(3)")
        assert cursor.fetchone() == (1.0,)


@pytest.mark.django_db
def test_a_user_who_may_not_add_it_is_told_what_the_administrator_does() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP EXTENSION vector CASCADE")
        cursor.execute("CREATE ROLE made_up_firm")
        cursor.execute("SET LOCAL ROLE made_up_firm")
        with pytest.raises(PgvectorMissing) as refused:
            provide_pgvector()
        cursor.execute("RESET ROLE")
    assert "CREATE EXTENSION vector" in refused.value.hint
