"""Whatever logs of one proxy come in, overlapping and in any order, each line counts once; and any
bytes at all are accounted for."""

from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recalldesk.publicity.hits import hits_of
from recalldesk.publicity.logs.opening import lines_of, log_at
from recalldesk.publicity.logs.reading import Ask, reader_of
from recalldesk.publicity.logs.run import import_hits
from recalldesk.publicity.states import LineReason, LogForm
from recalldesk.recalls.models import Recall
from tests.cast import Cast
from tests.publicity.logs_made import AT, combined, log_of

MOST = 40
PLACES = st.integers(0, MOST)
numbers = count(1)


@pytest.mark.django_db
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    windows=st.lists(st.tuples(PLACES, PLACES), min_size=1, max_size=6),
    seconds=st.lists(st.integers(0, 300), min_size=MOST, max_size=MOST),
)
def test_overlapping_logs_count_each_line_once(
    cast: Cast, tmp_path: Path, windows: list[tuple[int, int]], seconds: list[int]
) -> None:
    recall = Recall.objects.create(slug=f"kettle-{next(numbers)}")
    lines = [
        combined(
            f"/en/recalls/{recall.slug}/", visitor=place, at=AT + timedelta(seconds=seconds[place])
        )
        for place in range(MOST)
    ]
    held: set[str] = set()
    for one, other in windows:
        part = lines[min(one, other) : max(one, other)]
        if part:
            held.update(part)
            taken = import_hits(recall=recall, path=log_of(tmp_path, part), by=cast.author)
            assert taken.is_known or taken.accepted + taken.duplicate == len(part)
    assert hits_of(recall, date(2026, 1, 1), date(2026, 12, 31)).count == len(held)


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_lines_and_each_line_is_an_ask_or_has_a_reason(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "log"
    path.write_bytes(b"-" + content)
    log = log_at(path)
    lines = list(lines_of(log))
    assert len(lines) == log.lines
    for form in LogForm:
        for line in lines:
            if isinstance(line, bytes):
                assert isinstance(reader_of(form)(line), Ask | LineReason | None)
