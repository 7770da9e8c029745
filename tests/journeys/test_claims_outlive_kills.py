"""Owners file by the pages while web and job processes are killed: all are filed, each once.

`make bench submitting` does the same with 200 kills; what is judged is the same.
"""

from dataclasses import replace

from benchmarks.report import missed
from benchmarks.sizes import TINY
from benchmarks.submitting import measure
from tests.prepared import lay_prepared
from tests.programs import data_folder

KILLS = 7


def test_none_is_lost_and_none_is_doubled() -> None:
    with data_folder() as folder:
        # What is judged begins after the tables are there: they need not be made anew for it.
        lay_prepared(folder / "home")
        section = measure(folder, replace(TINY, kills=KILLS))
    assert missed([section]) == []
    figures = {figure.what: figure.measured for figure in section.figures}
    assert figures["killed"].startswith(f"{KILLS} in ")
    assert int(figures["filings acknowledged"].split(",")[0]) > 5
