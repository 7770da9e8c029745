"""Each part of `make bench` on a hundred rows, in a process of its own, as `make bench` runs it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.report import RESULTS

ROOT = Path(__file__).parents[2]
EVERYTHING = bool(os.environ.get("RECALLDESK_ALL_PAGES"))
EACH_DAY = ("timing", "promise")
NOW_AND_THEN = (
    *("lane", "going-live", "page-audit", "pages", "photos", "reading", "marking"),
    *("importing", "guessers", "second-look", "exports", "feeds", "sites", "queue"),
)
"""They start servers, read photos or ask again and again: only `make check-all` runs them."""
SAID_NOW_AND_THEN = (
    "queries of a page, at most: ",
    "models that were named and not found: 0 of",
    "places near by that measuring every way does not find: 0 of",
    "import, times a bare COPY",
    "size of shortened.marisa",
    "200 rows: peak memory",
    "lane, affected: requests for the cost of one constant answer",
    "many recalls: times the cost with one recall",
    "checks that failed: 0 of",
    "answers wrong for the version that they name: 0 of",
    "an old version is named after the new one went live, at the latest: ",
    "first visit of the notice page: ",
    "check page from the framework: ",
    "behind nginx",
    "pictures served with anything but the picture: 0 of",
    "processor time of 12 megapixels, HEIF: ",
    "wrong serials of which a wrong character was not marked as doubtful: 0 of",
    "other codes verified: 0 of",
    "peak memory of the process that reads: ",
    "memory that it took with ",
    "affected units that were settled: 0 of",
    "ranges: checks from an honest neighbour's `look_again`",
    "pattern: unaffected owners asked to look again",
    "seed 5801: the rule: precision of pairs: ",
)
SAID = (
    "near the list instead of far from it: takes longer in",
    "wrong `not_affected` with two other slips after a `look_again`: 0 of",
    "pattern: two slips at first entry",
    "within reach by brute force, yet answered `not_affected`: 0 of",
)


def test_every_part_runs_on_a_hundred_rows_and_leaves_nothing_behind() -> None:
    before = RESULTS.read_bytes(), sorted((ROOT / "var").glob("bench-*"))
    ran = subprocess.run(
        [
            sys.executable,
            "-m",
            "benchmarks",
            "--tiny",
            *EACH_DAY,
            *(NOW_AND_THEN if EVERYTHING else ()),
        ],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/not-to-be-touched"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    for said in (*SAID, *(SAID_NOW_AND_THEN if EVERYTHING else ())):
        assert said in ran.stdout, said
    assert (RESULTS.read_bytes(), sorted((ROOT / "var").glob("bench-*"))) == before


if EVERYTHING:

    @pytest.mark.parametrize(
        ("part", "said"),
        [
            ("year", ("reason by reason: 0 of", "a burst from one network: seen")),
            ("takeover", ("owners with two cards: 0 of",)),
            ("erasing", ("filings that still name somebody, of those: 0",)),
        ],
    )
    def test_what_needs_a_database_of_its_own_runs_alone(part: str, said: tuple[str, ...]) -> None:
        ran = subprocess.run(
            [sys.executable, "-m", "benchmarks", "--tiny", part],
            cwd=ROOT,
            env=os.environ | {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/not-to-be-touched"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        assert not [each for each in said if each not in ran.stdout]
