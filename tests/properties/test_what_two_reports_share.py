"""Whichever two reports are compared: what they share is the same from either side."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from recalldesk.incidents.alike import Share, Told, shared

DAY = date(2026, 3, 1)
TOLDS = st.builds(
    Told,
    unit=st.sampled_from([b"", b"u", b"v"]),
    claim=st.sampled_from([None, 1, 2]),
    person=st.frozensets(st.sampled_from([b"p", b"q"])),
    happened=st.sampled_from(["", "fire", "smoke"]),
    happened_on=st.none() | st.dates(DAY, DAY + timedelta(days=4)),
    product_key=st.sampled_from(["", "k20"]),
    country=st.sampled_from(["", "US", "CA"]),
)


@given(TOLDS, TOLDS)
def test_what_two_share_is_the_same_from_either_side_and_nothing_unknown_is_shared(
    one: Told, other: Told
) -> None:
    assert shared(one, other) == shared(other, one)
    assert shared(one, Told()) == ()
    if Share.DAY in shared(one, other):
        assert one.country == other.country != ""
        assert one.happened_on is not None
        assert other.happened_on is not None
        assert abs(one.happened_on - other.happened_on) <= timedelta(days=1)
