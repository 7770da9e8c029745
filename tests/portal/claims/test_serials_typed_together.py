"""Several serials come as lists come: by line, comma, semicolon, tab, or set apart by spaces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.claims.models import Claim
from recalldesk.portal.claiming.serials_in_text import serials_in_text
from recalldesk.recalls.recall_file import read_recall_file
from tests.claims.owner import text_with_all_remedies
from tests.portal.claims.conftest import Claimant, words_of
from tests.portal.published import serials_in

KETTLES = read_recall_file(text_with_all_remedies())


@pytest.mark.parametrize("between", [", ", ",", "; ", "\t", "\r\n", "\n", " ", ",\r\n"])
def test_each_of_seven_is_a_unit_of_its_own(claimant: Claimant, between: str) -> None:
    serials = serials_in(claimant.owner.folder, "a1263")[:7]
    assert len(serials) == 7
    claimant.begins(serials=between.join(serials))
    assert list(Claim.objects.values_list("found", flat=True)) == ["affected"] * 7


def test_a_space_inside_a_serial_parts_nothing(claimant: Claimant) -> None:
    serial = claimant.owner.recalled()
    claimant.begins(serials=f"{serial[:4]} {serial[4:8]} {serial[8:]}")
    assert [claim.found for claim in Claim.objects.all()] == ["affected"]


def test_the_page_says_how_they_may_be_set_apart(claimant: Claimant) -> None:
    page = claimant.begins(serial="", reading="several")
    assert "One serial number a line, or set apart by commas" in words_of(page)


@given(st.text(max_size=80))
def test_nothing_that_was_typed_is_left_out(text: str) -> None:
    found = "".join("".join(serials_in_text(text, KETTLES)).split())
    typed = "".join(text.replace(",", " ").replace(";", " ").split())
    assert set(found) == set(typed)
