"""A body is read as it came, and given up where its sender is too slow."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.foundation import paced_body
from recalldesk.foundation.paced_body import (
    LEAST_BYTES_A_SECOND,
    MOST_SECONDS,
    PIECE,
    SECONDS_OF_GRACE,
    PacedBody,
)


class Line:
    """A sender at so many bytes a second, and the clock that runs meanwhile."""

    def __init__(self, length: int, pace: float) -> None:
        self.now, self._pace, self._body = 0.0, pace, BytesIO(bytes(length))

    def read(self, size: int) -> bytes:
        piece = self._body.read(size)
        self.now += len(piece) / self._pace
        return piece


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Line:
    made = Line(*request.param)
    monkeypatch.setattr(paced_body, "monotonic", lambda: made.now)
    return made


@given(st.binary(max_size=3 * PIECE), st.lists(st.integers(0, 2 * PIECE), max_size=9))
def test_whoever_reads_gets_the_same_bytes(content: bytes, sizes: list[int]) -> None:
    plain, slowed = BytesIO(content), PacedBody(BytesIO(content))
    for size in [*sizes, -1]:
        assert slowed.read(size) == plain.read(size)


@given(st.lists(st.sampled_from([b"made", b"up", b"\n"]), max_size=9).map(b"".join))
def test_so_does_whoever_reads_lines(content: bytes) -> None:
    assert list(PacedBody(BytesIO(content))) == list(BytesIO(content))


@pytest.mark.parametrize("line", [(400_000, LEAST_BYTES_A_SECOND)], indirect=True)
def test_a_thin_line_is_waited_for(line: Line) -> None:
    assert len(PacedBody(line).read()) == 400_000


@pytest.mark.parametrize("line", [(40_000, 10.0)], indirect=True)
def test_a_trickle_is_given_up_soon_after_the_time_of_grace(line: Line) -> None:
    with pytest.raises(TimeoutError):
        PacedBody(line).read()
    assert SECONDS_OF_GRACE < line.now < SECONDS_OF_GRACE + 2 * PIECE / 10


@pytest.mark.parametrize("line", [(300, 1.0)], indirect=True)
def test_a_short_body_counts_as_well(line: Line) -> None:
    with pytest.raises(TimeoutError):
        PacedBody(line).read(300)


@pytest.mark.parametrize("line", [(130_000_000, 10_000.0)], indirect=True)
def test_nobody_sends_for_ever(line: Line) -> None:
    with pytest.raises(TimeoutError):
        PacedBody(line).read()
    assert line.now < MOST_SECONDS + 1


@pytest.mark.parametrize("line", [(3 * PIECE, 1_000_000.0)], indirect=True)
def test_what_the_reader_does_in_between_is_not_the_senders_time(line: Line) -> None:
    body = PacedBody(line)
    while body.read(PIECE):
        line.now += 10 * MOST_SECONDS
