"""The register of personal data says of every field that can hold a text how it is kept."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from recalldesk.sealing import register
from recalldesk.sealing.fields import LookupField, SealedField

TABLES = (
    register.SEALED,
    register.FOUND_BY_DIGEST,
    register.IN_CLEAR,
    register.NOT_PERSONAL,
)
HOLDS_TEXT = (models.CharField, models.TextField, models.BinaryField, models.JSONField)


def our_fields() -> "Iterator[tuple[str, models.Field[object, object]]]":
    for config in apps.get_app_configs():
        if config.name.startswith("recalldesk."):
            for model in config.get_models():
                for field in model._meta.local_fields:
                    yield f"{config.label}.{model.__name__}.{field.name}", field


def test_every_field_that_can_hold_a_text_stands_in_exactly_one_table() -> None:
    counts = {
        name: sum(name in table for table in TABLES)
        for name, field in our_fields()
        if isinstance(field, HOLDS_TEXT) and not isinstance(field, models.SlugField)
    }
    assert {name for name, count in counts.items() if count != 1} == set()
    assert len(counts) > 20


def test_no_table_names_a_field_that_does_not_exist() -> None:
    known = {name for name, _ in our_fields()}
    assert {name for table in TABLES for name in table} - known == set()


def test_every_sealed_field_is_in_the_table_of_sealed_ones() -> None:
    sealed = {name for name, field in our_fields() if isinstance(field, SealedField)}
    assert sealed
    assert sealed <= set(register.SEALED)


def test_every_lookup_field_is_in_the_table_of_digests_and_no_other_is() -> None:
    found = {name for name, field in our_fields() if isinstance(field, LookupField)}
    assert found == set(register.FOUND_BY_DIGEST)
