"""A file with many mistakes is told all of them at once, and in the words of each field."""

from decimal import Decimal

import pytest

from recalldesk.recalls.errors import RecallFileProblems
from recalldesk.recalls.recall_file import read_recall_file
from recalldesk.recalls.starting import starting_text

WHOLE = starting_text("kettle-k20")
MORE = "More is checked once"
MISTAKES: tuple[tuple[str, str, str, str], ...] = (
    ('monogram = "T"\n', "", "brands[tidewater].monogram", "is missing"),
    ('"#0b5a6b"', '"#ffd400"', "brands[tidewater].accent", "choose a darker colour"),
    ("The handle can", "It is safe to use, but can", "texts.hazard.en", "nobody is told that"),
    ("{burns} people", "3 people", "incidents.summary.en", "has 3 by hand"),
    ("{units} Tidewater", "{unitz} Tidewater", "texts.summary.en", "names the figure {unitz}"),
    (', es = "hervidor" }', " }", "products[k20].kind", "has no text in es"),
    ('"#c9cbcf"', '"grey"', "products[k20].variants[steel].colour", "must be a colour"),
    ("2024-06-28", "2023-06-28", "products[k20].made.until", "before it begins"),
    ('{ amount = "39.90"', '{ amount = "-1"', "products[k20].sold.price.amount", "0 or more"),
    ('folding = { O = "0"', 'folding = { O = "o"', "products[k20].serial.folding.O", "one digit"),
    ('"0123456789ABC', '"0123456789BAC', "products[k20].serial.alphabet", "each character once"),
    ('"2Z", "0ODQ"', '"2Z", "0OZQ"', "products[k20].serial.look_alikes", "a character twice"),
    ("longest = 13", "longest = 1", "products[k20].serial.not_the_serial[*].longest", "less than"),
    ("value = 1200", "value = true", "figures.units.value", "must be a"),
    ('["k20"]\nunits', '["k21"]\nunits', "scope.lists[k20].products", "is not defined"),
    ("consumer = 1000", "consumer = 1001", "jurisdictions[US].levels", "add up to 1201"),
    ('["US"]\ntitle', '["CA"]\ntitle', "remedies[new-kettle].countries", "has no jurisdiction"),
    ("remedy_days = 10", "remedy_days = 0", "promises.remedy_days", "must be 1 or more"),
    ("marks = [", "markz = [", "evidence.markz", "did you mean `marks`"),
)


@pytest.mark.parametrize("value", ["4.50", "2.000", "29.99"])
def test_a_figure_that_is_no_whole_number_is_read_at_once(value: str) -> None:
    figure = f'[figures]\nshipping = {{ value = {value}, source = "made up" }}\n'
    read = read_recall_file(WHOLE.replace("[figures]\n", figure, 1))
    assert read.figures["shipping"].value == Decimal(value)


def refusal(text: str) -> RecallFileProblems:
    with pytest.raises(RecallFileProblems) as caught:
        read_recall_file(text)
    return caught.value


def changed(*changes: tuple[str, str]) -> str:
    text = WHOLE
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def test_mistakes_of_every_kind_are_told_in_one_round() -> None:
    refused = refusal(changed(*((old, new) for old, new, _, _ in MISTAKES)))
    told = [(problem.field, problem.message) for problem in refused.problems]
    for _, _, field, words in MISTAKES:
        assert any(field == where and words in message for where, message in told), (field, told)
    consequences = {"jurisdictions[US].country"}
    assert {field for field, _ in told} == {field for _, _, field, _ in MISTAKES} | consequences
    assert MORE in refused.hint


@pytest.mark.parametrize(("old", "new", "field", "words"), MISTAKES)
def test_each_mistake_alone_is_told_alone(old: str, new: str, field: str, words: str) -> None:
    fields = {problem.field for problem in refusal(changed((old, new))).problems}
    assert fields - {"jurisdictions[US].country", "incidents.summary.es"} == {field}


def test_what_follows_from_an_unreadable_part_is_not_guessed_but_announced() -> None:
    refused = refusal(
        changed(('key = "k20"\nmodel', 'key = "K 20"\nmodel'), ('end = "TW2405', 'end = "TW2404'))
    )
    assert [problem.field for problem in refused.problems] == ["products[K 20].key"]
    assert MORE in refused.hint


def test_nothing_more_is_announced_where_everything_was_checked() -> None:
    assert MORE not in refusal(changed(("{units} Tidewater", "{unitz} Tidewater"))).hint
    assert MORE not in refusal(changed(("remedy_days = 10", "remedy_days = 0"))).hint


def test_a_file_that_is_not_toml_hides_everything_else() -> None:
    assert MORE in refusal(changed(("[firm]", "[firm"))).hint


def test_a_figure_that_cannot_be_read_is_still_known_by_its_name() -> None:
    refused = refusal(changed(("value = 1200", "value = true")))
    assert [problem.field for problem in refused.problems] == ["figures.units.value"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("\n[[brands]]", "\n[brands]", "must be a list of tables: write [[brands]] above each"),
        ("\n[firm]", "\nfirm = 1\n[firmx]", "must be a table: write [firm] above its fields"),
        (
            'price = { amount = "39.90", currency = "USD" }',
            'price = "39.90"',
            'must be a table, such as { amount = "39.90", currency = "USD" }',
        ),
        (
            'replacement_model = "K21"',
            "value = 30",
            'must be a table, such as { amount = "39.90", currency = "USD" }',
        ),
        ('replacement_model = "K21"', "shops = 30", 'square brackets, such as ["Example Shop"]'),
        ("public = false", 'public = false\nranges = ["a"]', "write [[scope.ranges]] above each"),
        ("units = { value = 1200, source", "units = 1200 # source", "such as { value = 1200"),
        ('kind = { en = "kettle", es = "hervidor" }', 'kind = "kettle"', '{ en = "...", es ='),
        ('model = "K20"', "model = 20", 'must be a text in quotes, such as "K20"'),
        ('names = ["Tidewater Kettle"]', "names = 1", 'such as ["Tidewater Kettle"]'),
        ("stop = [", "stop = 1\nstep = [", 'in square brackets, such as [{ en = "...", es ='),
        ("format = 1 ", 'format = "1" ', "must be 1, without quotes"),
        ('alphabet = "0123456789ABCDEFGHJ', 'alphabet = "0-9A-Z', "every character written out"),
    ],
)
def test_a_value_of_the_wrong_kind_is_told_how_the_very_field_is_written(
    old: str, new: str, said: str
) -> None:
    text = changed((old, new))
    if "ranges = [" in new:
        text = text.replace('[[scope.ranges]]\nstart = "TW24050001"\nend = "TW24050200"\n', "")
        text = text.replace('products = ["k20"]\n\n# [[scope.patterns]]', "\n")
    messages = [problem.message for problem in refusal(text).problems]
    assert any(said in message for message in messages), messages


@pytest.mark.parametrize(
    ("summary", "refused"),
    [
        ("3 fires.", True),
        ("USD 60,700 in all.", True),
        ("{burns} people of 12 were burned.", True),
        ("{burns} people were burned in 2024.", False),
        ("{burns} people were burned by kettle K20 on 3 May.", False),
        ("Nobody knows of any.", False),
    ],
)
def test_what_happened_counts_by_figures_alone(summary: str, refused: bool) -> None:
    text = changed(("{burns} people were burned.", summary))
    if refused:
        assert "by hand" in refusal(text).problems[0].message
    else:
        read_recall_file(text)


@pytest.mark.parametrize("written", ["1200", "1,200", "1.200"])
def test_a_large_figure_is_not_written_by_hand(written: str) -> None:
    (problem,) = refusal(
        changed(("About {units} Tidewater", f"About {written} Tidewater"))
    ).problems
    assert (
        problem.message
        == f"has {written} by hand: name it as {{units}}, so that it keeps its source"
    )
