"""A partner's key: given once, kept as a digest, good until it is revoked."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from recalldesk.accounts import api_keys
from recalldesk.accounts.api_keys import KNOWN_FOR, NewKey, give_api_key, recognise, revoke_api_key
from recalldesk.accounts.errors import ApiKeyProblem, KeyMayNot, NotPermitted
from recalldesk.accounts.models import ApiKey
from recalldesk.accounts.permissions import KeyRight
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from tests.cast import Cast

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
BATCH, SCANNER = KeyRight.CHECK_BATCH, KeyRight.SCANNER


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    """A process that has seen no key."""
    api_keys.forget()
    yield
    api_keys.forget()


@pytest.fixture
def time() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def key(cast: Cast) -> NewKey:
    return give_api_key(name="Corner Shop", rights=[BATCH, SCANNER], by=cast.administrator)


def test_it_is_recognised_with_its_rights(key: NewKey) -> None:
    known = recognise(key.text)
    assert known is not None
    assert known.key_id == key.row.pk
    assert known.rights == {BATCH, SCANNER}
    known.require(SCANNER)


def test_a_right_that_was_not_given_is_not_held(cast: Cast) -> None:
    key = give_api_key(name="Other", rights=[BATCH], by=cast.administrator)
    known = recognise(key.text)
    assert known is not None
    known.require(BATCH)
    with pytest.raises(KeyMayNot, match="scanner") as refused:
        known.require(SCANNER)
    assert refused.value.hint


def test_it_has_256_random_bits_and_is_kept_as_a_digest(key: NewKey, cast: Cast) -> None:
    another = give_api_key(name="Other", rights=[BATCH], by=cast.administrator)
    assert len(key.text) == len("rdk_") + 43
    assert another.text != key.text
    row = ApiKey.objects.filter(pk=key.row.pk).values().get()
    assert bytes(row["digest"]) == hashlib.sha256(key.text.encode()).digest()
    assert key.text not in str(row)
    assert key.text not in repr(key)


def test_no_other_text_is_a_key(key: NewKey) -> None:
    others = ["", "rdk_", key.text[:-1], key.text + "x", key.text.swapcase(), f" {key.text}"]
    others += ["rdk_" + "A" * 43, key.text.removeprefix("rdk_"), "\x00", "é" * 47]
    for text in others:
        assert recognise(text) is None


def test_a_text_of_another_form_costs_no_question(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert recognise("password") is None


def test_the_log_says_who_gave_and_who_revoked_it(key: NewKey, cast: Cast) -> None:
    revoke_api_key(name="corner shop", by=cast.administrator)
    rows = StateChange.objects.filter(subject=Subject.API_KEY, subject_id=key.row.pk)
    assert list(rows.order_by("pk").values_list("from_state", "to_state", "actor_id")) == [
        ("", "given", cast.administrator.pk),
        ("given", "revoked", cast.administrator.pk),
    ]


def test_only_an_administrator_gives_and_revokes(key: NewKey, cast: Cast) -> None:
    for person in (cast.author, cast.viewer, cast.outsider):
        with pytest.raises(NotPermitted):
            give_api_key(name="Other", rights=[BATCH], by=person)
        with pytest.raises(NotPermitted):
            revoke_api_key(name="Corner Shop", by=person)
    assert ApiKey.objects.get().revoked_at is None


def test_once_revoked_it_is_soon_good_nowhere(
    key: NewKey, cast: Cast, time: time_machine.Traveller
) -> None:
    assert recognise(key.text)
    revoke_api_key(name="Corner Shop", by=cast.administrator)
    time.shift(KNOWN_FOR - timedelta(milliseconds=1))
    assert recognise(key.text)
    time.shift(timedelta(milliseconds=1))
    assert recognise(key.text) is None
    assert timedelta(seconds=5) >= KNOWN_FOR


def test_a_clock_set_back_keeps_no_key_good(
    key: NewKey, cast: Cast, time: time_machine.Traveller
) -> None:
    assert recognise(key.text)
    revoke_api_key(name="Corner Shop", by=cast.administrator)
    time.shift(-timedelta(days=1))
    assert recognise(key.text) is None


def test_for_a_moment_the_database_is_not_asked_again(
    key: NewKey, time: time_machine.Traveller, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    recognise(key.text)
    with django_assert_num_queries(0):
        for _ in range(10):
            assert recognise(key.text)


def test_the_day_of_its_last_use_is_kept_and_no_more(
    key: NewKey, time: time_machine.Traveller
) -> None:
    assert ApiKey.objects.get().last_used_on is None
    for passed in (timedelta(0), timedelta(hours=3), timedelta(days=1)):
        time.shift(passed)
        recognise(key.text)
    assert ApiKey.objects.get().last_used_on == date(2026, 3, 2)


@pytest.mark.parametrize("name", ["", "  ", "x" * 121, "a\x00b", "a\nb"])
def test_a_name_that_cannot_be_kept_is_refused(cast: Cast, name: str) -> None:
    with pytest.raises(ApiKeyProblem) as refused:
        give_api_key(name=name, rights=[BATCH], by=cast.administrator)
    assert refused.value.hint


@pytest.mark.parametrize("rights", [[], [SCANNER]])
def test_rights_that_open_nothing_are_refused(cast: Cast, rights: list[KeyRight]) -> None:
    with pytest.raises(ApiKeyProblem, match="check_batch"):
        give_api_key(name="Other", rights=rights, by=cast.administrator)


def test_a_name_has_one_good_key_in_any_letters(key: NewKey, cast: Cast) -> None:
    with pytest.raises(ApiKeyProblem, match="already"):
        give_api_key(name=" corner SHOP ", rights=[BATCH], by=cast.administrator)
    revoke_api_key(name="Corner Shop", by=cast.administrator)
    again = give_api_key(name="Corner Shop", rights=[BATCH], by=cast.administrator)
    assert recognise(again.text)


def test_what_is_not_there_is_not_revoked(key: NewKey, cast: Cast) -> None:
    for name in ("Nobody", "\x00", ""):
        with pytest.raises(ApiKeyProblem, match="no good key") as refused:
            revoke_api_key(name=name, by=cast.administrator)
        assert "Corner Shop" in refused.value.hint


def refused_by_the_database(rule: str, **values: object) -> None:
    with pytest.raises(DatabaseError, match=rule), transaction.atomic():
        ApiKey.objects.update(**values)


def test_the_database_keeps_what_a_key_may_and_that_it_was_revoked(key: NewKey, cast: Cast) -> None:
    refused_by_the_database("key_never_changes", rights=[BATCH.value])
    refused_by_the_database("key_never_changes", digest=b"x" * 32)
    refused_by_the_database("key_never_changes", name="Other")
    revoke_api_key(name="Corner Shop", by=cast.administrator)
    refused_by_the_database("revoked_stays_revoked", revoked_at=None)
    with pytest.raises(DatabaseError, match="key_stays"), transaction.atomic():
        key.row.delete()


@pytest.mark.parametrize("rights", [[], ["king"]])
def test_the_database_knows_no_other_rights(cast: Cast, rights: list[str]) -> None:
    with pytest.raises(IntegrityError, match="key_rights_are_known"), transaction.atomic():
        ApiKey.objects.create(
            name="Other", digest=b"x" * 32, rights=rights, created_by=cast.administrator
        )
