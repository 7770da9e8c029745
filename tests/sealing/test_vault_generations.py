"""A scope may have several data keys: the newest seals, all open, and nobody has to restart."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recalldesk.sealing import vault
from recalldesk.sealing.keys import KeyRing, SealingError, key_named_by
from recalldesk.sealing.models import DataKey
from tests.unguarded import unguarded

pytestmark = pytest.mark.django_db


def seal(text: str = "Zoë", scope: str = "s") -> bytes:
    return vault.seal_text(text, scope=scope, purpose="p")


def open_(sealed: bytes, scope: str = "s") -> str:
    return vault.open_text(sealed, scope=scope, purpose="p")


def make_one_of_before(scope: str) -> None:
    """A data key as it was made before there were generations."""
    key = b"k" * 32
    wrapped = vault.outer_ring().seal(key, purpose=f"data key of {scope}")
    DataKey.objects.create(scope=scope, generation=0, wrapped=wrapped)


def test_the_newest_seals_and_all_open() -> None:
    first = seal()
    vault.make_data_key("s", 2)
    second = seal()
    assert [key_named_by(value) for value in (first, second)] == ["s/1", "s/2"]
    assert (open_(first), open_(second)) == ("Zoë", "Zoë")


def test_what_was_sealed_before_there_were_generations_opens() -> None:
    make_one_of_before("s")
    sealed = KeyRing({"data": b"k" * 32}).seal("Zoë".encode(), purpose="p")
    assert open_(sealed) == "Zoë"
    assert key_named_by(seal()) == "data"
    vault.make_data_key("s", 1)
    assert key_named_by(seal()) == "s/1"
    assert open_(sealed) == "Zoë"


def test_a_program_that_remembers_the_older_key_notices_the_newer_one() -> None:
    assert open_(seal()) == "Zoë"
    vault.make_data_key("s", 2)
    sealed = seal("of the second generation")
    assert open_(sealed) == "of the second generation"


def test_what_opens_by_a_remembered_key_asks_the_database_nothing() -> None:
    sealed = seal()
    open_(sealed)
    with CaptureQueriesContext(connection) as asked:
        assert open_(sealed) == "Zoë"
    assert len(asked) == 0


def test_a_remembered_key_that_was_replaced_in_the_table_opens_nothing_wrong() -> None:
    open_(seal())
    with unguarded("sealing_datakey"):
        DataKey.objects.all().delete()
    sealed = seal("under another key of the same name")
    assert open_(sealed) == "under another key of the same name"


def test_opening_makes_no_data_key() -> None:
    sealed = seal()
    with pytest.raises(SealingError, match="not at hand"):
        open_(sealed, scope="never sealed")
    assert not DataKey.objects.filter(scope="never sealed").exists()


def test_no_data_key_can_stand_in_the_place_of_another_generation() -> None:
    vault.make_data_key("s", 1)
    second = vault.make_data_key("s", 2)
    with unguarded("sealing_datakey"):
        DataKey.objects.filter(scope="s", generation=1).update(wrapped=second.wrapped)
    with pytest.raises(SealingError):
        vault.data_ring("s")
