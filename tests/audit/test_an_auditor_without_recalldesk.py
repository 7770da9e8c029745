"""The program that docs/log.md prints verifies a log from the three tables alone."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.audit.written import a_row, sealed_rows

pytestmark = pytest.mark.django_db
PAGE = Path(__file__).parents[2] / "docs" / "log.md"
COLUMNS = (
    "id, (extract(epoch FROM at) * 1000000)::bigint, recall_id, subject, subject_id, from_state,"
    " to_state, reason, actor, actor_id, note_id, note_digest"
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
        "SELECT number, previous, count, total, (extract(epoch FROM sealed_at) * 1000000)::bigint,"
        " digest FROM audit_block ORDER BY number"
    )
    assert len(blocks) == 2
    for number, previous, count, total, sealed_at, digest in blocks:
        rows = []
        for row_id, sealed in asked(
            "SELECT change_id, digest FROM audit_sealedchange WHERE block_id = %s ORDER BY place",
            number,
        ):
            (row,) = asked(f"SELECT {COLUMNS} FROM audit_statechange WHERE id = %s", row_id)
            assert printed["row_digest"](row) == sealed
            rows.append((row_id, sealed))
        assert len(rows) == count
        made = printed["block_digest"](number, previous, count, total, sealed_at, rows)
        assert made == digest
