"""Whatever is done to a recall file, it is read or refused; it never crashes the reader."""

from hypothesis import given, settings
from hypothesis import strategies as st

from recalldesk.recalls.document import Document
from recalldesk.recalls.errors import RecallFileProblems
from recalldesk.recalls.recall_file import read_recall_file
from recalldesk.recalls.starting import starting_text

WHOLE = starting_text("kettle-k20")
LINES = WHOLE.splitlines()
SCRAPS = [
    "", "=", "[", "]", "[[", "{", "}", '"', '"""', "'''", "\\", "\n", ".", ",", "#", "\x00",
    "\ud800", "\u202e", "[[products]]", "[products]", "products = 1\n", "1e999", "nan", "-inf",
    "9" * 50, "true", "2025-02-30", "{ en = 1 }", "[[[]]]", "__proto__", "*", "[0-9", "É", "İ",
]  # fmt: skip


VALUES = [
    "1", "-1", "0.5", "nan", "inf", "true", '""', '"x"', "[]", "{}", "[{}]", "[[1]]",
    "2025-01-01", "07:32:00", "2025-01-01T00:00:00Z", '{ en = "a", es = "b" }',
]  # fmt: skip


def outcome(text: str) -> str:
    try:
        document = read_recall_file(text)
    except RecallFileProblems as refusal:
        problems = refusal.problems
    else:
        assert isinstance(document, Document)
        return "read"
    last = text.count("\n") + 1
    assert problems
    assert all(1 <= problem.line <= last for problem in problems)
    assert all(problem.message for problem in problems)
    return "refused"


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE)), st.integers(0, 30), st.sampled_from(SCRAPS))))
def test_characters_put_in_and_taken_out(changes: list[tuple[int, int, str]]) -> None:
    text = WHOLE
    for place, length, scrap in changes[:6]:
        text = text[:place] + scrap + text[place + length :]
    outcome(text)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_values_replaced_by_other_values(data: st.DataObject) -> None:
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(lines) - 1))
        name, equals, _ = lines[place].partition("=")
        if equals:
            values = st.sampled_from(VALUES)
            lines[place] = f"{name}= {data.draw(values)}"
    outcome("\n".join(lines))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, len(LINES) - 1), max_size=8), st.integers(0, len(LINES) - 1))
def test_lines_dropped_and_doubled(dropped: list[int], doubled: int) -> None:
    lines = [line for place, line in enumerate(LINES) if place not in dropped]
    outcome("\n".join([*lines, LINES[doubled]]))


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_any_text_at_all(text: str) -> None:
    assert outcome(text) == "refused"
