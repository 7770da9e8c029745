"""The program that docs/log.md prints verifies a log from the three tables alone."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from recalldesk.audit.canonical import content_digest, row_digest
from tests.audit.written import a_row, sealed_rows

pytestmark = pytest.mark.django_db
PAGE = Path(__file__).parents[2] / "docs" / "log.md"
COLUMNS = (
    "id, (extract(epoch FROM at) * 1000000)::bigint, recall_id, subject, subject_id, from_state,"
    " to_state, reason, actor, actor_id, note_id, note_digest, content_digest"
)


@pytest.fixture
def printed() -> dict[str, Any]:
    """What the page's own program defines."""
    (program,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    defined: dict[str, Any] = {}
    exec(program, defined)
    return defined


def asked(statement: str, *values: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [
            tuple(bytes(v) if isinstance(v, memoryview) else v for v in row)
            for row in cursor.fetchall()
        ]


def test_the_documented_program_makes_the_digests_of_rows_and_blocks(
    printed: dict[str, Any],
) -> None:
    sealed_rows(3)
    a_row(4)
    sealed_rows(2)
    blocks = asked(
        "SELECT form, number, previous, count, total,"
        " (extract(epoch FROM sealed_at) * 1000000)::bigint,"
        " digest FROM audit_block ORDER BY number"
    )
    assert len(blocks) == 2
    for form, number, previous, count, total, sealed_at, digest in blocks:
        rows = []
        for row_id, sealed in asked(
            "SELECT change_id, digest FROM audit_sealedchange WHERE block_id = %s ORDER BY place",
            number,
        ):
            (row,) = asked(f"SELECT {COLUMNS} FROM audit_statechange WHERE id = %s", row_id)
            assert printed["row_digest"](row, form) == sealed
            rows.append((row_id, sealed))
        assert len(rows) == count
        made = printed["block_digest"](form, number, previous, count, total, sealed_at, rows)
        assert made == digest


def test_it_makes_the_digest_of_what_a_row_speaks_of(printed: dict[str, Any]) -> None:
    values = [7, None, True, "é", b"\x00", ["a", "b"], '{"a":1}']
    assert printed["content_digest"]("decision", values) == content_digest("decision", values)


def test_it_knows_the_older_form(printed: dict[str, Any]) -> None:
    values = tuple(range(13))
    assert printed["row_digest"](values, 1) == row_digest(values, form=1)
