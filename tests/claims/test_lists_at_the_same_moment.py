"""A list sent, claimed or corrected twice at one moment makes nothing twice."""

from functools import partial
from pathlib import Path

import pytest
from pytest_django import Settings

from recalldesk.claims.access import new_link, open_link
from recalldesk.claims.drafting import choose_remedy, give_details
from recalldesk.claims.models import Claim, Filing, ToldLines, UnitList
from recalldesk.claims.submitting import submit_filing
from recalldesk.claims.unit_lists.claiming import claim_lines
from recalldesk.claims.unit_lists.sending import Sender
from recalldesk.mailing.models import Mailing
from tests.cast import SERIALS, Desk
from tests.claims.conftest import photos_at
from tests.claims.owner import STREET, text_with_all_remedies
from tests.claims.test_at_the_same_moment import together
from tests.claims.test_lists_of_units import HOTEL, answers, sends

pytestmark = pytest.mark.django_db(transaction=True)
OTHER = Sender(name="Lee Made-Up", organisation="Example Airline", email="crew@airline.example")


@pytest.fixture(autouse=True)
def desk(kettles: Desk, settings: Settings) -> Desk:
    """The published kettle recall, committed."""
    settings.STORAGES = photos_at(settings.PHOTOS_FOLDER)
    kettles.published(text_with_all_remedies())
    return kettles


def folders(tmp_path: Path) -> list[Path]:
    found = [tmp_path / "one", tmp_path / "two"]
    for each in found:
        each.mkdir()
    return found


def test_it_is_one_filing_claimed_once_and_each_unit_is_held_once(tmp_path: Path) -> None:
    one, two = folders(tmp_path)
    assert together(partial(sends, one, *SERIALS), partial(sends, two, *SERIALS)) == [None] * 2
    filing = Filing.objects.get()
    assert (UnitList.objects.count(), Mailing.objects.count()) == (1, 1)

    open_link(token=new_link(filing=filing))
    assert together(partial(answers, filing), partial(answers, filing)) == [None] * 2
    assert sum(ToldLines.objects.values_list("lines", flat=True)) == len(SERIALS)

    claiming = partial(claim_lines, filing_id=filing.pk)
    assert together(claiming, claiming) == [None] * 2
    assert filing.claims.count() == len(SERIALS)

    other = sends(two, *reversed(SERIALS), sender=OTHER)
    open_link(token=new_link(filing=other))
    answers(other)
    claim_lines(filing_id=other.pk)
    for each in (filing, other):
        each.claims.update(cannot_photograph=True)
        choose_remedy(filing_id=each.pk, remedy_key="new-kettle")
        give_details(filing_id=each.pk, address=STREET)
    submits = [partial(submit_filing, filing_id=each.pk) for each in (filing, other, filing)]
    assert together(*submits) == [None] * 3
    held = Claim.objects.filter(holds_unit=True)
    assert held.count() == len({bytes(claim.unit_digest) for claim in held}) == len(SERIALS)
    assert HOTEL.email != OTHER.email
