"""One order that cannot be read, or one in another currency, changes nothing for the others."""

from decimal import Decimal

import pytest

from recalldesk.recalls.document.parts import Money
from recalldesk.recalls.document.remedy import Budget, Ordering, ProviderName, RemedyKind
from recalldesk.remedies.errors import OverBudget
from recalldesk.remedies.following import look_again_at_open
from recalldesk.remedies.models import Order, Remedy
from recalldesk.remedies.placing.due import place_due
from recalldesk.remedies.providers.interface import Found, Standing
from recalldesk.remedies.providers.registry import replaced
from recalldesk.remedies.states import RemedyState
from tests.remedies.ordered import card, ordered, units
from tests.remedies.scripted import ScriptedProvider

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_order_that_cannot_be_read_keeps_no_other_from_being_read() -> None:
    provider = ScriptedProvider()
    first, second = (ordered(unit) for unit in units(2))
    with replaced(provider):
        assert place_due() == 2
        Order.objects.update(looked_at=None)
        Order.objects.filter(pk=first.pk).update(sealed_recipient=b"not sealed by us")
        for remedy_id, found in provider.done.items():
            provider.done[remedy_id] = Found(found.reference, Standing.DELIVERED)
        assert look_again_at_open() == 1
        assert look_again_at_open() == 0
    assert Remedy.objects.get(pk=second.remedy_id).state == RemedyState.DELIVERED
    assert Remedy.objects.get(pk=first.remedy_id).state == RemedyState.ORDERED


def test_a_number_of_remedies_a_day_counts_those_of_all_currencies_and_of_none() -> None:
    budget = Budget(remedies_a_day=2)
    parcel = card(
        key="unit",
        kind=RemedyKind.REPLACEMENT,
        value=None,
        ordering=Ordering(provider=ProviderName.DISPATCH),
    )
    pounds = card(value=Money(amount=Decimal("25.00"), currency="GBP"))
    first, second, third = units(3)
    ordered(first, budget=budget)
    ordered(second, parcel, budget=budget)
    with pytest.raises(OverBudget):
        ordered(third, pounds, budget=budget)
    assert Order.objects.count() == 2
