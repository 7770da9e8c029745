"""The review of what the rules leave: it puts pairs before a person, and joins nobody."""

import logging
import subprocess
import sys

import pytest

from recalldesk.matching.people import JoinReason, PersonRecord, Settled, cluster
from recalldesk.matching.people.review import review

HOME = {"street_address": "12 Example St", "postal_code": "62704", "country_code": "US"}
RECORDS = [
    PersonRecord(1, "Kyle Caldiler", "kyle.c@example.com", phone="+13125550101", address=HOME),
    PersonRecord(-2, "yle Caldiler", "kyle.c@example.com", phone="+13125550101", address=HOME),
    PersonRecord(3, "Rita Caldiler", "rita.c@example.com", phone="+13125550199", address=HOME),
    PersonRecord(4, "Petra Doe", "petra@example.org"),
]


def test_what_is_likely_is_asked_and_what_is_settled_is_not(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    left_over = cluster(RECORDS)
    assert left_over.members == ()

    with caplog.at_level(logging.DEBUG):
        found = review(RECORDS, left_over)

    assert [(each.first, each.second) for each in found] == [(-2, 1)]
    assert found[0].reasons == (JoinReason.LIKELY,)
    assert 0.5 <= found[0].weight <= 1
    assert review(RECORDS, left_over) == found
    assert review(RECORDS, left_over, settled=[Settled(1, -2, is_one=False)]) == ()
    assert "Caldiler" not in caplog.text + "".join(capfd.readouterr())


def test_those_of_one_cluster_are_not_asked_about() -> None:
    left_over = cluster(RECORDS, settled=[Settled(-2, 1, is_one=True)])

    assert review(RECORDS, left_over) == ()


def test_a_number_that_hundreds_share_is_no_ground() -> None:
    many = [PersonRecord(n, f"Kyle Caldiler{n}", phone="+13125550101") for n in range(10, 310)]

    found = review([*many, RECORDS[0]], cluster([]))

    assert found == ()


def test_nothing_is_reviewed_without_records() -> None:
    assert review([], cluster([])) == ()


def test_the_rules_load_without_the_libraries_of_the_review() -> None:
    loaded = (
        "import sys; import recalldesk.matching.people;"
        "print({'splink', 'duckdb', 'pandas', 'pyarrow', 'numpy'} & set(sys.modules))"
    )
    said = subprocess.run(
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True
    )

    assert said.stdout.strip() == "set()"
