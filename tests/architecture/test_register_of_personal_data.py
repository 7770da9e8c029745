"""The register of personal data says of every field that can hold a text how it is kept."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from recalldesk.sealing import not_personal, register, tables
from recalldesk.sealing.fields import LookupField, SealedField

TABLES = (
    register.SEALED,
    register.SEALED_WITHIN,
    register.FOUND_BY_DIGEST,
    register.IN_CLEAR,
    not_personal.NOT_PERSONAL,
)
HOLDS_NO_TEXT = (
    models.AutoField,
    models.BooleanField,
    models.CompositePrimaryKey,
    models.DateField,
    models.DecimalField,
    models.DurationField,
    models.FloatField,
    models.ForeignKey,
    models.IntegerField,
    models.TimeField,
    models.UUIDField,
)
"""Every other kind counts as one that can hold a text, also a kind that is new to us."""


def fields_of_people() -> "Iterator[tuple[str, models.Field[object, object]]]":
    for config in apps.get_app_configs():
        if config.name.startswith(("recalldesk.", "allauth.")):
            for model in config.get_models(include_auto_created=True):
                for field in model._meta.local_fields:
                    yield f"{config.label}.{model.__name__}.{field.name}", field


def holds_text(field: "models.Field[object, object]") -> bool:
    return not isinstance(field, HOLDS_NO_TEXT)


@pytest.mark.parametrize(
    "kind",
    [
        *(models.CharField, models.TextField, models.EmailField, models.URLField),
        *(models.SlugField, models.JSONField, models.BinaryField, models.FileField),
        *(models.ImageField, models.FilePathField, models.GenericIPAddressField),
        *(SealedField, LookupField),
    ],
)
def test_whatever_can_hold_a_text_has_to_be_in_a_table(kind: type) -> None:
    assert holds_text(kind())


def test_every_field_that_can_hold_a_text_stands_in_exactly_one_table() -> None:
    counts = {
        name: sum(name in table for table in TABLES)
        for name, field in fields_of_people()
        if holds_text(field)
    }
    assert {name for name, count in counts.items() if count != 1} == set()
    assert len(counts) > 20


def test_no_table_names_a_field_that_does_not_exist() -> None:
    known = {name for name, _ in fields_of_people()}
    assert {name for table in TABLES for name in table} - known == set()


def test_every_sealed_field_is_in_the_table_of_sealed_ones() -> None:
    sealed = {name for name, field in fields_of_people() if isinstance(field, SealedField)}
    assert sealed
    assert sealed <= set(register.SEALED)


def test_every_field_of_that_table_is_a_sealed_one_but_the_wrapped_keys() -> None:
    sealed = {name for name, field in fields_of_people() if isinstance(field, SealedField)}
    assert set(register.SEALED) - sealed == {tables.WRAPPED_KEYS}


def test_a_rotation_knows_of_every_sealed_field_and_why_one_stays() -> None:
    reached, staying = (
        {f"{table.name}.{field}" for table in found for field in table.fields}
        for found in (tables.sealed_tables(), tables.tables_that_stay())
    )
    assert reached | staying == set(register.SEALED) - {tables.WRAPPED_KEYS}
    assert staying == set(register.STAYS_AS_SEALED)
    assert not reached & staying


def test_every_lookup_field_is_in_the_table_of_digests_and_no_other_is() -> None:
    found = {name for name, field in fields_of_people() if isinstance(field, LookupField)}
    assert found == set(register.FOUND_BY_DIGEST)
