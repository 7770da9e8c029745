"""`recalldesk remedies reconcile` says of what is open what to do about it."""

from collections.abc import Iterator

import pytest

from recalldesk.remedies.placing.due import place_due
from recalldesk.remedies.providers import registry
from recalldesk.remedies.providers.registry import replaced
from recalldesk.remedies.reconciling.to_do import TO_DO
from recalldesk.remedies.states import Differs
from tests.cast import Command
from tests.remedies.listing import Listing
from tests.remedies.ordered import ordered

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def provider() -> Iterator[Listing]:
    """Of one order, which it has."""
    made = Listing()
    with replaced(made):
        ordered()
        place_due()
        yield made


def test_each_kind_of_what_is_open_says_once_what_to_do(
    provider: Listing, command: Command
) -> None:
    provider.is_silent = True
    ran = command("remedies", "reconcile")
    assert ran.code == 1
    assert "tremendous: does not say what it did: timed out." in ran.out
    assert ran.err.count(TO_DO[Differs.SILENT]) == 1
    assert "environment of this shell" not in ran.err


def test_one_that_this_shell_does_not_know_is_told_apart(
    provider: Listing, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setitem(registry._made_by, "tremendous", lambda: None)
        ran = command("remedies", "reconcile")
    assert "tremendous: does not say what it did: not configured." in ran.out
    assert "environment of this shell" in ran.err
