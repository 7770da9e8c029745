"""A brand's host name is one name, as a browser would ask for it; never one for many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.recalls.document import Document
from recalldesk.recalls.errors import RecallFileProblems
from recalldesk.recalls.recall_file import read_recall_file
from recalldesk.recalls.starting import starting_text

WHOLE = starting_text("kettle-k20")

AS_IT_IS = 'hosts = ["recall.tidewater.example"]'
LABELS = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?", fullmatch=True)


def with_host(host: str) -> str:
    assert AS_IT_IS in WHOLE
    return WHOLE.replace(AS_IT_IS, f'hosts = ["{host}"]')


@pytest.mark.parametrize(
    "host",
    [
        ".example.com",
        ".",
        "..",
        "a..b",
        "example.com.",
        "-a.example.com",
        "a-.example.com",
        "a.-b",
        "intranet",
        "Recall.example.com",
        "recall.example.com:8443",
        "*.example.com",
        "",
        "a" * 64 + ".example.com",
        "a.example." * 26 + "com",
    ],
)
def test_what_is_no_host_name_is_refused_in_words(host: str) -> None:
    with pytest.raises(RecallFileProblems) as refused:
        read_recall_file(with_host(host))
    (problem,) = refused.value.problems
    assert "brands[tidewater].hosts" in str(problem)
    assert "host name" in str(problem)


@given(st.lists(LABELS, min_size=2, max_size=5).map(".".join))
def test_labels_between_dots_are_one(host: str) -> None:
    assert read_recall_file(with_host(host)).brands[0].hosts == (host,)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "a.b", "xn--bcher-kva.example"])
def test_so_are_those_of_ones_own_machine_and_of_other_scripts(host: str) -> None:
    assert read_recall_file(with_host(host)).brands[0].hosts == (host,)


def test_a_version_stored_with_another_can_still_be_read() -> None:
    stored = read_recall_file(WHOLE).model_dump(mode="json")
    stored["brands"][0]["hosts"] = [".example.com"]
    assert Document.from_stored(stored).brands[0].hosts == (".example.com",)
