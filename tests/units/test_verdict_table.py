"""The decision table of the verdict, for anybody to read: tests/tables/verdicts.csv."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from recalldesk.units.verdict.answer import Verdict, Why
from recalldesk.units.verdict.known import KnownVersion
from tests.example_indexes import example_versions
from tests.scopes import first_look

TABLE = Path(__file__).resolve().parent.parent / "tables" / "verdicts.csv"
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> tuple[KnownVersion, ...]:
    return example_versions(tmp_path_factory.mktemp("indexes"))


@pytest.mark.parametrize("row", ROWS, ids=[f"{r['text']} {r['model']}".strip() for r in ROWS])
def test_the_table_holds(row: dict[str, str], versions: tuple[KnownVersion, ...]) -> None:
    found = first_look(text=row["text"], models=(row["model"],), versions=versions)
    assert (found.verdict.value, found.why.value) == (row["verdict"], row["why"]), row["note"]


def test_one_check_answers_with_every_recall_that_holds_the_unit(
    versions: tuple[KnownVersion, ...],
) -> None:
    found = first_look(text="A1647BOTHACF0001", versions=versions)
    affected = [entry.recall for entry in found.recalls if entry.verdict is Verdict.AFFECTED]
    assert affected == ["anker-25-466", "anker-a1642-a1647-a1652"]


def test_look_alikes_are_pointed_at_by_their_places_only(
    versions: tuple[KnownVersion, ...],
) -> None:
    found = first_look(text="SN AL263TE5TACF0002", versions=versions)
    assert found.read_as == "AL263TE5TACF0002"
    assert found.look_at == (2, 8)


def test_a_slip_is_pointed_at_nowhere(versions: tuple[KnownVersion, ...]) -> None:
    assert first_look(text="A1263TESTACF000X", versions=versions).look_at == ()


def test_no_model_makes_an_answer_less(versions: tuple[KnownVersion, ...]) -> None:
    order = list(Verdict)
    models = {product.model for version in versions for product in version.products}
    for row in ROWS:
        without = first_look(text=row["text"], versions=versions).verdict
        for model in (*sorted(models), "no such model"):
            named = first_look(text=row["text"], models=(model,), versions=versions).verdict
            assert order.index(named) <= order.index(without), (row["text"], model)


def test_while_rejected_lines_stand_open_nobody_is_told_not_affected(
    versions: tuple[KnownVersion, ...],
) -> None:
    doubtful = tuple(
        replace(version, products_in_doubt=frozenset({"a1263"}))
        if version.recall == "anker-a1263"
        else version
        for version in versions
    )
    text = "77YY88WWKKRRTTMM"
    found = first_look(text=text, versions=doubtful)
    assert (found.verdict, found.why) == (Verdict.ASK_A_PERSON, Why.LIST_IN_DOUBT)
    assert (
        first_look(text=text, models=("A1647",), versions=doubtful).verdict is Verdict.ASK_A_PERSON
    )


def test_no_text_however_odd_is_too_much(versions: tuple[KnownVersion, ...]) -> None:
    for text in ("", " ", "\ud800", "\x00" * 50, "1" * 100_000, "٣" * 16, "½" * 16, "ß" * 30):
        found = first_look(text=text, models=("\ud800",), versions=versions)
        assert found.verdict is not Verdict.AFFECTED
