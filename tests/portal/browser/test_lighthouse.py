"""Lighthouse finds nothing to mend on the notice and the check, on a telephone and on a desktop.

Performance is not judged here: it is timed, and `make bench` states it.
"""

import os

import pytest

from benchmarks.page_audit import JUDGED, NOT_INDEXED, START, Judged, audited, missing
from benchmarks.page_weight import CHECK, NOTICE
from tests.now_and_then import now_and_then
from tests.portal.browser.conftest import Site

FORMS = ("mobile", "desktop") if os.environ.get("RECALLDESK_ALL_PAGES") else ("mobile",)
"""Each day as a telephone; `make check-all` as a desktop, too."""
pytestmark = [
    now_and_then,
    pytest.mark.browser,
    pytest.mark.skipif(bool(missing()), reason=missing() or "all is there"),
]


@pytest.fixture(scope="module")
def judged(site: Site) -> dict[str, Judged]:
    """Every page once, in one browser, by name and form of device."""
    found = audited(site.address, (NOTICE, CHECK), forms=FORMS)
    found += audited(site.address, (START,), forms=("mobile",))
    return {f"{each.name}, {each.form}": each for each in found}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["notice", "check"])
def test_accessibility_best_practices_and_seo_are_at_100(
    judged: dict[str, Judged], name: str, form: str
) -> None:
    page = judged[f"{name}, {form}"]
    assert page.lost == []
    assert page.scores == {category: [100] for category in JUDGED}


def test_of_a_claims_start_nothing_is_lost_but_that_search_engines_may_not_list_it(
    judged: dict[str, Judged],
) -> None:
    start = judged["start of a claim, mobile"]
    assert [each.partition(":")[0] for each in start.lost] == [NOT_INDEXED]
    assert start.scores["accessibility"] == start.scores["best-practices"] == [100]
