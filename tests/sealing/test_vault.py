"""The vault: one data key a scope, wrapped by a key from outside."""

import threading
from collections.abc import Iterator

import pytest
from django.db import connection, connections, transaction
from pytest_django import DjangoDbBlocker, Settings

from recalldesk.sealing import vault
from recalldesk.sealing.keys import SealingError, new_key
from recalldesk.sealing.models import DataKey
from tests.unguarded import unguarded


@pytest.fixture
def made_by_two(django_db_blocker: DjangoDbBlocker, django_db_setup: None) -> Iterator[list[bytes]]:
    """Two threads that make the same data key, each with a connection and commit of its own."""
    both, sealed = threading.Barrier(2), list[bytes]()

    def seal() -> None:
        both.wait()
        sealed.append(vault.seal_text("x", scope="race", purpose="p"))
        connections.close_all()

    with django_db_blocker.unblock():
        threads = [threading.Thread(target=seal) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        yield sealed
        with unguarded("sealing_datakey"):
            DataKey.objects.filter(scope="race").delete()
        connection.close()


def test_two_at_once_make_one_data_key(made_by_two: list[bytes]) -> None:
    assert DataKey.objects.filter(scope="race").count() == 1
    opened = {vault.open_text(sealed, scope="race", purpose="p") for sealed in made_by_two}
    assert (opened, len(made_by_two)) == ({"x"}, 2)


@pytest.mark.django_db
def test_a_value_opens_under_its_own_scope_only() -> None:
    sealed = vault.seal_text("Zoë", scope=vault.recall_scope(1), purpose="p")
    assert vault.open_text(sealed, scope=vault.recall_scope(1), purpose="p") == "Zoë"
    with pytest.raises(SealingError):
        vault.open_text(sealed, scope=vault.recall_scope(2), purpose="p")


@pytest.mark.django_db
def test_a_data_key_moved_to_another_scope_opens_nothing() -> None:
    vault.seal_text("x", scope="one", purpose="p")
    with unguarded("sealing_datakey"):
        DataKey.objects.update(scope="two")
    with pytest.raises(SealingError):
        vault.seal_text("x", scope="two", purpose="p")


@pytest.mark.django_db
def test_a_newer_outer_key_in_front_still_opens_what_was_sealed(settings: Settings) -> None:
    sealed = vault.seal_text("x", scope="s", purpose="p")
    settings.SEALING_KEYS = f"newer:{new_key()},{settings.SEALING_KEYS}"
    assert vault.open_text(sealed, scope="s", purpose="p") == "x"


@pytest.mark.django_db
def test_without_the_outer_key_nothing_opens_even_if_it_was_open_before(
    settings: Settings,
) -> None:
    sealed = vault.seal_text("x", scope="s", purpose="p")
    settings.SEALING_KEYS = f"other:{new_key()}"
    with pytest.raises(SealingError):
        vault.open_text(sealed, scope="s", purpose="p")


@pytest.mark.django_db
def test_a_key_of_a_transaction_that_failed_is_not_used_afterwards() -> None:
    with transaction.atomic():
        lost = vault.seal_text("x", scope="s", purpose="p")
        transaction.set_rollback(True)
    kept = vault.seal_text("y", scope="s", purpose="p")
    assert vault.open_text(kept, scope="s", purpose="p") == "y"
    with pytest.raises(SealingError):
        vault.open_text(lost, scope="s", purpose="p")


@pytest.mark.parametrize("key", ["", "c2hvcnQ=", "%%"])
def test_nothing_is_looked_up_under_no_key_or_a_weak_one(settings: Settings, key: str) -> None:
    settings.LOOKUP_KEY = key
    with pytest.raises(SealingError):
        vault.digest_for_lookup("x", purpose="p")
