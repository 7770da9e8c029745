"""The independent count of entries is that of any JSON reader, whatever stands in texts."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recalldesk.elsewhere import counting
from recalldesk.elsewhere.counting import count_entries
from recalldesk.elsewhere.splitting import entries_of
from recalldesk.elsewhere.states import FeedForm

TEXTS = st.text(st.sampled_from('[]{},:"\\ \nrtnull0é'), max_size=8) | st.just("results")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture(autouse=True)
def _in_small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "PIECE", 5)
    monkeypatch.setattr("recalldesk.elsewhere.splitting.PIECE", 5)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(VALUES, max_size=5), st.sampled_from([None, 2]))
def test_both_read_the_same_list(tmp_path: Path, values: list[Any], indent: int | None) -> None:
    path = tmp_path / "feed.json"
    path.write_text(json.dumps(values, indent=indent, ensure_ascii=False), encoding="utf-8")
    assert count_entries(path, FeedForm.CPSC) == len(values)
    assert list(entries_of(path, FeedForm.CPSC)) == values


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(VALUES, max_size=5), VALUES)
def test_of_the_older_form_the_list_of_results_is_counted(
    tmp_path: Path, values: list[Any], other: Any
) -> None:
    path = tmp_path / "feed.json"
    path.write_text(json.dumps({"success": {"total": 9, "results": values, "after": other}}))
    assert count_entries(path, FeedForm.USA_GOV) == len(values)
    assert list(entries_of(path, FeedForm.USA_GOV)) == values
