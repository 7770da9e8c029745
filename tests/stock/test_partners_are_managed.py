"""Partners are entered, changed and ended by whoever may, in one way of writing."""

import pytest

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.models import Partner
from recalldesk.accounts.permissions import PartnerLevel
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.stock.errors import PartnerRefused
from recalldesk.stock.partners.managing import PartnerSaid, change_partner, end_partner, said_of
from tests.cast import Cast
from tests.stock.at_a_shop import shop

pytestmark = pytest.mark.django_db


def test_what_is_said_is_kept_sealed_and_in_one_way_of_writing(cast: Cast) -> None:
    partner = shop(
        cast.author,
        "  Madeup   Market ",
        email="Stock@MADEUP.example",
        person="Pat  Madeup",
        phone="(202) 555-0142",
        company_key="madeup-market",
    )
    said = said_of(partner)
    assert (said.name, said.email) == ("Madeup Market", "Stock@madeup.example")
    assert (said.person, said.phone) == ("Pat Madeup", "+12025550142")
    row = Partner.objects.filter(pk=partner.pk).values().get()
    assert not any(b"adeup.example" in bytes(v) for v in row.values() if isinstance(v, bytes))


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "MADEUP MARKET"}, "name"),
        ({"email": "nobody"}, "email"),
        ({"phone": "12"}, "phone"),
        ({"country": "usa"}, "country"),
        ({"language": "xx"}, "language"),
        ({"company_key": "Not A Key"}, "company_key"),
        ({"company_key": "taken"}, "company_key"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    cast: Cast, said: dict[str, str], field: str
) -> None:
    shop(cast.author, "Madeup Market", company_key="taken")
    with pytest.raises(PartnerRefused) as refused:
        shop(cast.author, **{"name": "Example Outlet", **said})
    assert refused.value.field == field
    assert Partner.objects.count() == 1


def test_a_name_is_free_again_once_its_partner_ended(cast: Cast) -> None:
    first = shop(cast.author, "Madeup Market", company_key="madeup")
    with pytest.raises(PartnerRefused):
        end_partner(partner=first, by=cast.author, note=" ")
    end_partner(partner=first, by=cast.author, note="closed down")
    end_partner(partner=first, by=cast.author, note="closed down")
    assert shop(cast.author, "Madeup Market", company_key="madeup").is_active
    with pytest.raises(PartnerRefused):
        change_partner(partner=first, said=said_of(first), by=cast.author)
    moves = StateChange.objects.filter(subject=Subject.PARTNER, subject_id=first.pk)
    assert list(moves.order_by("pk").values_list("to_state", flat=True)) == ["added", "ended"]


def test_only_who_manages_partners_does(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        shop(cast.viewer)
    partner = shop(cast.author)
    with pytest.raises(NotPermitted):
        end_partner(partner=partner, by=cast.viewer, note="closed down")
    changed = change_partner(
        partner=partner,
        said=PartnerSaid("Madeup Depot", PartnerLevel.DISTRIBUTOR, "CA", "es", "a@depot.example"),
        by=cast.approver,
    )
    assert (changed.name, changed.level, changed.language) == ("Madeup Depot", "distributor", "es")
