"""Outer keys are rotated: data keys come under the newest, and the older one may then go."""

import pytest
from pytest_django import Settings

from recalldesk.sealing import vault, wrapping
from recalldesk.sealing.keys import KeyRing, SealingError, key_named_by, new_key
from recalldesk.sealing.models import DataKey
from recalldesk.sealing.rotation import wrap_data_keys_anew

pytestmark = pytest.mark.django_db
SCOPES = ("desk", "recall:1", "recall:2")


@pytest.fixture
def sealed() -> dict[str, bytes]:
    """A value in each scope."""
    return {scope: vault.seal_text("Zoë", scope=scope, purpose="p") for scope in SCOPES}


@pytest.fixture
def newer(settings: Settings, sealed: dict[str, bytes]) -> str:
    """A newer outer key in front of the one that sealed; returns the new one alone."""
    alone = f"newer:{new_key()}"
    settings.SEALING_KEYS = f"{alone},{settings.SEALING_KEYS}"
    return alone


def opened(sealed: dict[str, bytes]) -> set[str]:
    return {vault.open_text(value, scope=scope, purpose="p") for scope, value in sealed.items()}


def test_the_older_outer_key_can_be_taken_out_afterwards(
    settings: Settings, newer: str, sealed: dict[str, bytes]
) -> None:
    vault.make_data_key("recall:1", 2)
    assert wrap_data_keys_anew() == 3
    settings.SEALING_KEYS = newer
    assert opened(sealed) == {"Zoë"}
    assert {key_named_by(bytes(key.wrapped)) for key in DataKey.objects.all()} == {"newer"}


def test_wrapping_again_changes_nothing(newer: str) -> None:
    wrap_data_keys_anew()
    before = list(DataKey.objects.order_by("pk").values_list("pk", "wrapped"))
    assert wrap_data_keys_anew() == 0
    assert list(DataKey.objects.order_by("pk").values_list("pk", "wrapped")) == before


def test_without_the_older_key_nothing_is_changed_and_it_is_named(
    settings: Settings, sealed: dict[str, bytes]
) -> None:
    before = settings.SEALING_KEYS
    settings.SEALING_KEYS = f"newer:{new_key()}"
    vault.make_data_key("recall:3", 1)
    with pytest.raises(SealingError, match=before.partition(":")[0]):
        wrap_data_keys_anew()
    assert {key_named_by(bytes(k.wrapped)) for k in DataKey.objects.filter(scope__in=SCOPES)} == {
        before.partition(":")[0]
    }


def test_it_says_which_outer_keys_are_needed(newer: str, settings: Settings) -> None:
    older = settings.SEALING_KEYS.split(",")[1].partition(":")[0]
    assert wrapping.wrapping().not_needed == ()
    wrap_data_keys_anew()
    stands = wrapping.wrapping()
    assert (stands.newest, stands.not_needed, stands.wrapped_by["newer"]) == ("newer", (older,), 3)


def test_a_program_with_the_older_settings_makes_one_under_the_older_key(
    newer: str, settings: Settings
) -> None:
    both = settings.SEALING_KEYS
    wrap_data_keys_anew()
    settings.SEALING_KEYS = both.split(",")[1]
    late = vault.seal_text("late", scope="recall:9", purpose="p")
    settings.SEALING_KEYS = both
    assert wrapping.wrapping().not_needed == ()
    assert wrap_data_keys_anew() == 1
    settings.SEALING_KEYS = newer
    assert vault.open_text(late, scope="recall:9", purpose="p") == "late"


def test_what_did_not_come_back_as_written_is_not_let_go(
    newer: str, monkeypatch: pytest.MonkeyPatch, sealed: dict[str, bytes]
) -> None:
    seal = KeyRing.seal

    def sealed_another(ring: KeyRing, _: bytes, *, purpose: str) -> bytes:
        return seal(ring, b"o" * 32, purpose=purpose)

    monkeypatch.setattr(KeyRing, "seal", sealed_another)
    with pytest.raises(SealingError, match="did not come back"):
        wrap_data_keys_anew()
    assert opened(sealed) == {"Zoë"}
