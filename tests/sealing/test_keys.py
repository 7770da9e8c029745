"""Sealing: only the right key, for the right purpose, opens an unaltered value."""

import base64

import pytest

from recalldesk.sealing.keys import KeyRing, SealingError, lookup_digest

OLD, NEW = (base64.b64encode(bytes([n]) * 32).decode() for n in (1, 2))


def ring(*named: str) -> KeyRing:
    return KeyRing.from_text(",".join(named))


def test_what_was_sealed_can_be_opened_again() -> None:
    keys = ring(f"a:{OLD}")
    assert keys.open(keys.seal("Zoë".encode(), purpose="p"), purpose="p") == "Zoë".encode()


def test_the_same_value_sealed_twice_differs() -> None:
    keys = ring(f"a:{OLD}")
    assert keys.seal(b"x", purpose="p") != keys.seal(b"x", purpose="p")


def test_another_key_under_the_same_name_does_not_open_it() -> None:
    sealed = ring(f"a:{OLD}").seal(b"x", purpose="p")
    with pytest.raises(SealingError, match="altered"):
        ring(f"a:{NEW}").open(sealed, purpose="p")


def test_a_key_that_is_not_at_hand_is_named() -> None:
    sealed = ring(f"2025:{OLD}").seal(b"x", purpose="p")
    with pytest.raises(SealingError, match="2025"):
        ring(f"2026:{NEW}").open(sealed, purpose="p")


def test_it_cannot_be_opened_for_another_purpose() -> None:
    keys = ring(f"a:{OLD}")
    with pytest.raises(SealingError):
        keys.open(keys.seal(b"x", purpose="contact"), purpose="serial")


def test_a_value_altered_in_any_bit_or_cut_off_anywhere_is_refused() -> None:
    keys = ring(f"a:{OLD}")
    sealed = keys.seal(b"x", purpose="p")
    for place in range(len(sealed)):
        altered = bytearray(sealed)
        altered[place] ^= 1
        with pytest.raises(SealingError):
            keys.open(bytes(altered), purpose="p")
        with pytest.raises(SealingError):
            keys.open(sealed[:place], purpose="p")


def test_a_newer_key_in_front_seals_while_the_older_one_still_opens() -> None:
    before = ring(f"old:{OLD}").seal(b"x", purpose="p")
    rotated = ring(f"new:{NEW}", f"old:{OLD}")
    assert rotated.newest == "new"
    assert rotated.open(before, purpose="p") == b"x"
    after = rotated.seal(b"y", purpose="p")
    assert ring(f"new:{NEW}").open(after, purpose="p") == b"y"


@pytest.mark.parametrize(
    "text", ["", " , ", OLD, f"a{OLD}", "a:short", "a:%%%", f":{OLD}", f"é:{OLD}"]
)
def test_keys_that_cannot_be_used_are_refused(text: str) -> None:
    with pytest.raises(SealingError):
        KeyRing.from_text(text)


def test_one_name_for_two_keys_is_refused() -> None:
    with pytest.raises(SealingError, match="twice"):
        ring(f"a:{NEW}", f"a:{OLD}")


def test_no_key_shows_in_a_message_or_a_printed_ring() -> None:
    with pytest.raises(SealingError) as refused:
        ring(f"a:{OLD[:-6]}")
    assert OLD[:20] not in str(refused.value)
    assert "keys" not in repr(ring(f"a:{OLD}"))


def test_a_lookup_needs_the_key_and_the_purpose() -> None:
    digest = lookup_digest("x", key=b"1" * 32, purpose="p")
    assert digest == lookup_digest("x", key=b"1" * 32, purpose="p")
    assert digest != lookup_digest("x", key=b"2" * 32, purpose="p")
    assert digest != lookup_digest("x", key=b"1" * 32, purpose="q")
