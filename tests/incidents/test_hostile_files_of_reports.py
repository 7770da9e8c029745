"""Files of reports as they come: marks, encodings, line ends, stray quotes.

Whatever stands in them, every line is accounted for, and no report is swallowed by another.
"""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recalldesk.foundation.problem import Problem
from recalldesk.incidents.models import Incident
from recalldesk.incidents.states import ReportReason
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields_of_rows import opened
from tests.cast import Cast, Desk
from tests.incidents.files_of_reports import OWN, as_csv, figures, take, written

pytestmark = pytest.mark.django_db
WORDS = "El señor dijo: “¡humo!”"
ROW = ["1", "2025-05-01", WORDS, "fire", ""]


@pytest.fixture
def recall(kettles: Desk) -> Recall:
    return kettles.apply().recall


@pytest.mark.parametrize(
    ("coding", "mark"),
    [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16", b""), ("cp1252", b"")],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_each_encoding_mark_and_line_end_is_read(
    recall: Recall, cast: Cast, tmp_path: Path, coding: str, mark: bytes, end: str
) -> None:
    text = as_csv(OWN, ROW).replace("\r\n", end)
    taken = take(recall, cast.author, written(tmp_path, mark + text.encode(coding)))
    assert figures(taken) == (2, 1, 1, 0, 0, 0, 0)
    assert opened(Incident.objects.get(), "sealed_account") == WORDS


@pytest.mark.parametrize(
    ("lines", "law", "reasons"),
    [
        (
            ['1,,"Smoke,', "and 2, 3,", 'then ""fire""",fire,', "2,,Hot.,,"],
            (5, 1, 2, 0, 0, 0, 2),
            [],
        ),
        (['1,,"Hot.,,', "2,,Smoke.,,", '3,,Fire.",,'], (4, 1, 0, 1, 0, 0, 2), ["in_doubt"]),
        (['1,,"Hot.,,', "2,,Smoke.,,", "3,,Fire.,,"], (4, 1, 2, 1, 0, 0, 0), ["unreadable"]),
        (['1,,A 5" gap,,', "2,,Smoke.,,"], (3, 1, 1, 1, 0, 0, 0), ["unreadable"]),
        (["1,,Hot.,,,", "2,,Smoke.,,"], (3, 1, 1, 1, 0, 0, 0), ["column_count"]),
        (["1,,Hot\0.,,", "2,,Smoke.,,"], (3, 1, 1, 1, 0, 0, 0), ["unreadable"]),
        (["", ",,,,", "2,,Smoke.,,", ""], (5, 1, 1, 0, 0, 3, 0), []),
        (['1,,"2 people,\na,b,c",,'], (3, 1, 1, 0, 0, 0, 1), []),
    ],
    ids=[
        "a text over several lines",
        "two stray quotes around a report",
        "one that is never closed",
        "a quote within a cell",
        "a cell too many",
        "a NUL",
        "blank lines",
        "a line of a text as wide as the heading",
    ],
)
def test_a_stray_quote_costs_its_line_and_no_other(
    recall: Recall,
    cast: Cast,
    tmp_path: Path,
    lines: list[str],
    law: tuple[int, ...],
    reasons: list[str],
) -> None:
    text = "\n".join([",".join(OWN), *lines]) + "\n"
    taken = take(recall, cast.author, written(tmp_path, text))
    assert figures(taken) == law
    assert [each.reason for each in taken.rejects] == [ReportReason(each) for each in reasons]


CELLS = st.one_of(
    st.text(alphabet="ab,;\"'\t\n 0-9/", max_size=8),
    st.sampled_from(["1", "2", "fire", "none", "2025-05-01", "", "Hot.\nHotter."]),
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=6), is_quoted=st.booleans())
def test_whatever_stands_in_it_every_line_is_accounted_for(
    recall: Recall, cast: Cast, tmp_path: Path, rows: list[list[str]], *, is_quoted: bool
) -> None:
    before = Incident.objects.count()
    text = as_csv(OWN, *rows)
    if not is_quoted:
        text = "\n".join([",".join(OWN), *(",".join(row) for row in rows)])
    try:
        taken = take(recall, cast.author, written(tmp_path, text))
    except Problem:
        assert Incident.objects.count() == before
        return
    figures(taken)
    assert taken.is_known or Incident.objects.count() == before + taken.tally.accepted
    again = take(recall, cast.author, written(tmp_path, text + "\n"))
    assert again.is_known or again.tally.accepted == 0


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    told=st.lists(st.text(alphabet='ab,"\n.', min_size=1).filter(str.strip), min_size=1, max_size=4)
)
def test_what_is_written_as_csv_comes_back_as_it_was(
    recall: Recall, cast: Cast, tmp_path: Path, told: list[str]
) -> None:
    first = Incident.objects.count()
    rows = [[f"R-{first}-{place}", "", text, "", ""] for place, text in enumerate(told)]
    take(recall, cast.author, written(tmp_path, as_csv(OWN, *rows)))
    kept = Incident.objects.filter(outside_number__startswith=f"R-{first}-").order_by("pk")
    assert [opened(each, "sealed_account") for each in kept] == [text.strip() for text in told]
