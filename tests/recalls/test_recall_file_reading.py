"""A recall file is read whole, or refused with every problem at its line."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import ValidationError

from recalldesk.recalls.document import Document
from recalldesk.recalls.errors import FileProblem, NotARecallName, RecallFileProblems
from recalldesk.recalls.plain_words import PATTERNS
from recalldesk.recalls.recall_file import LONGEST, read_recall_file
from recalldesk.recalls.starting import starting_text

WHOLE = starting_text("kettle-k20")


def problems_of(text: str) -> tuple[FileProblem, ...]:
    with pytest.raises(RecallFileProblems) as caught:
        read_recall_file(text)
    return caught.value.problems


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def changed(old: str, new: str) -> str:
    assert WHOLE.count(old) >= 1
    return WHOLE.replace(old, new, 1)


def test_the_starting_file_reads_and_carries_its_name() -> None:
    assert read_recall_file(starting_text("toaster-t4")).recall == "toaster-t4"


@pytest.mark.parametrize("name", ["", "Kettle", "a b", "-a", "a" * 61, 'x"\n', "a\n", "new"])
def test_a_name_that_cannot_stand_in_an_address_is_refused(name: str) -> None:
    with pytest.raises(NotARecallName) as caught:
        starting_text(name)
    assert "small letters" in caught.value.hint


def test_a_document_survives_the_way_to_the_database_and_back() -> None:
    document = read_recall_file(WHOLE)
    stored = json.loads(json.dumps(document.model_dump(mode="json")))
    assert Document.model_validate(stored) == document


def test_a_stored_document_stays_readable_under_rules_that_came_later() -> None:
    stored = read_recall_file(WHOLE).model_dump(mode="json")
    stored["texts"]["hazard"]["en"] = "It is perfectly safe."
    stored["recall"] = "new"
    assert Document.from_stored(stored).texts.hazard["en"] == "It is perfectly safe."
    with pytest.raises(ValidationError, match="nobody is told that a recalled product is safe"):
        Document.model_validate(stored)


def patterns_in(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(schema.get("pattern"), str):
            yield schema["pattern"]
        for part in schema.values():
            yield from patterns_in(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from patterns_in(part)


def test_every_way_of_writing_that_is_asked_for_has_its_words() -> None:
    asked = set(patterns_in(Document.model_json_schema()))
    of_numbers = {pattern for pattern in asked if pattern.startswith("^(?!")}
    assert asked - of_numbers <= set(PATTERNS)


def test_a_byte_order_mark_and_windows_line_ends_are_read() -> None:
    text = "\ufeff" + WHOLE.replace("\n", "\r\n")
    assert read_recall_file(text) == read_recall_file(WHOLE)
    wrong = text.replace("remedy_days = 10", "remedy_days = 0")
    assert problems_of(wrong)[0].line == line_of(WHOLE, "remedy_days = 10")


def test_all_problems_are_named_at_once_in_the_order_of_the_lines() -> None:
    text = (
        changed("monogram", "monogramm")
        .replace('colour = "#c9cbcf"', 'colour = "grey"')
        .replace('country = "US"', 'country = "usa"')
        .replace('word = "RECALLED"', 'word = "recalled"')
    )
    found = problems_of(text)
    assert [problem.line for problem in found] == sorted(problem.line for problem in found)
    assert {problem.field for problem in found} == {
        "brands[tidewater].monogram",
        "brands[tidewater].monogramm",
        "products[k20].variants[steel].colour",
        "jurisdictions[usa].country",
        "evidence.word",
    }


def test_a_problem_reads_as_a_sentence_with_its_place() -> None:
    text = changed("\nalphabet =", "\nalphabett =")
    found = [str(problem) for problem in problems_of(text)]
    line = line_of(text, "alphabett")
    assert (
        f"line {line}, products[k20].serial.alphabett: "
        "is not a field here; did you mean `alphabet`?" in found
    )
    assert any("products[k20].serial.alphabet: is missing" in sentence for sentence in found)


def test_problems_between_parts_are_named_beside_problems_inside_them() -> None:
    text = changed("remedy_days = 10", "remedy_days = 0").replace(
        'products = ["k20"]\nunits = 1000', 'products = ["k21"]\nunits = 1000'
    )
    found = {problem.field: problem.message for problem in problems_of(text)}
    assert found["promises.remedy_days"] == "must be 1 or more"
    assert found["scope.lists[k20].products"] == "names the product 'k21', which is not defined"


def test_problems_between_parts_are_named_beside_an_unknown_table() -> None:
    text = changed("remedy_days = 10", "remedy_days = 10") + "\n[extra]\nfield = 1\n"
    text = text.replace("burns = {", "burnz = {")
    fields = {problem.field for problem in problems_of(text)}
    assert {"extra", "incidents.summary.en", "incidents.summary.es"} <= fields


def test_a_field_of_the_whole_recall_under_a_table_is_told_where_it_belongs() -> None:
    text = changed('languages = ["en", "es"]', "").replace(
        'name = "Tidewater Kitchen"', 'name = "Tidewater Kitchen"\nlanguages = ["en", "es"]'
    )
    message = next(p.message for p in problems_of(text) if p.field == "firm.languages")
    assert "before the first [table]" in message


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("announced = 2025-03-03", "announced = 20250303", "must be a day such as 2025-06-12"),
        ("announced = 2025-03-03", 'announced = "soon"', "must be a day such as 2025-06-12"),
        ("shortest = 10", 'shortest = "ten"', "must be a whole number"),
        ("shortest = 10", "shortest = 10.5", "must be a whole number"),
        ("shortest = 10", "shortest = true", "must be a whole number"),
        ("public = false", "public = 7", "must be true or false"),
        ("price_is_about = true", 'price_is_about = "perhaps"', "must be true or false"),
        ('recall = "kettle-k20"', 'recall = "new"', "is an address of the desk"),
        ('model = "K20"', "model = 20", "must be a text in quotes"),
        ('model = "K20"', 'model = "  "', "must not be blank"),
        ('model = "K20"', 'model = "K\\u0000"', "invisible character U+0000"),
        ('names = ["Tidewater Kettle"]', "names = []", "needs at least 1 entry"),
        ('names = ["Tidewater Kettle"]', 'names = "Kettle"', "must be a list"),
        ('kind = "replacement"', 'kind = "swap"', "must be one of gift_card, replacement"),
        ('currency = "USD"', 'currency = "$"', "currency in three capital letters"),
        ('amount = "39.90"', 'amount = "39.905"', "at most two places"),
        ('accent = "#0b5a6b"', 'accent = "#ffd400"', "choose a darker colour"),
        ('website = "https:', 'website = "http:', "begins with https://"),
        ('sender = "recall@example.com"', 'sender = "recall"', "not a valid email address"),
        ('phone = "+18005550142"', 'phone = "18005550142"', "phone number with its country"),
        ('es = "hervidor" }', 'es = "" }', "must not be blank"),
        ('es = "hervidor" }', '"" = "x" }', "has a text in ''; the languages are en and es"),
        ('es = "hervidor" }', 'fr = "x" }', "has a text in 'fr'; the languages are en and es"),
        (', es = "hervidor" }', " }", "has no text in es"),
        ('languages = ["en", "es"]', 'languages = ["en", ""]', "names the language ''"),
        ('languages = ["en", "es"]', 'languages = ["en", "en"]', "names a language twice"),
        ("{units} Tidewater", "{unitz} Tidewater", "the figure {unitz}, which [figures]"),
        ("{units} Tidewater", "{units Tidewater", "has a brace without its partner"),
        (
            "Unplug it. Do",
            "It is safe to use when cold. Do",
            "nobody is told that a recalled product",
        ),
        ("until = 2024-06-28", "until = 2023-06-28", "before it begins"),
        ("consumer = 1000", "consumer = 1001", "the levels add up to 1201"),
        ('end = "TW24050200"', 'end = "TW240502000"', "the ends differ in length"),
        ('end = "TW24050200"', 'end = "TW24040200"', "the end comes before the start"),
        ('end = "TW24050200"', 'end = "TX24050200"', 'say counting = "alphabet"'),
        ('end = "TW24050200"', 'end = "TW2405020%"', "must be a serial of 4 to 40"),
        ('shapes = ["TW########"]', 'shapes = ["TW###"]', "serials have 10 to 10"),
        ('shapes = ["TW########"]', 'shapes = ["TW[####"]', "has a [ without its ]"),
        ('folding = { O = "0"', 'folding = { A = "0"', "folding A to 0"),
        ('folding = { O = "0"', 'folding = { O = "2"', "joins two classes of look_alikes"),
        ('"2Z", "0ODQ"', '"2Z", "0OZQ"', "must not name a character twice"),
        ('alphabet = "0123456789AB', 'alphabet = "0123456789BA', "each character once"),
        ('products = ["k20"]\n\n# Who', "products = []\n\n# Who", "needs at least 1 entry"),
        ('countries = ["US"]\ntitle', 'countries = ["CA"]\ntitle', "names CA, which has no"),
        ("format = 1 ", "format = 2 ", "must be 1"),
        ("format = 1 ", 'format = "1" ', "must be 1, without quotes"),
        ('alphabet = "0123456789ABCDEFGHJ', 'alphabet = "0-9A-Z', "every character written out"),
        ('meaning = "recalled"', 'meaning = "maybe"', "must be one of recalled, excluded or made"),
    ],
)
def test_each_slip_is_said_in_plain_words(old: str, new: str, said: str) -> None:
    text = changed(old, new)
    found = problems_of(text)
    assert any(said in problem.message for problem in found), found
    assert all("Input should" not in problem.message for problem in found)


def test_a_slip_is_found_at_its_own_line() -> None:
    text = changed("{units} Tidewater", "{unitz} Tidewater")
    (problem,) = problems_of(text)
    assert (problem.line, problem.field) == (line_of(text, "{unitz}"), "texts.summary.en")


def test_two_products_of_one_key_are_told_apart_by_number() -> None:
    start, end = WHOLE.index("\n[[products]]\n"), WHOLE.index("# Which units are meant")
    text = WHOLE[:end] + WHOLE[start:end] + WHOLE[end:]
    found = {problem.message: problem for problem in problems_of(text)}
    problem = found["'k20' is the key of two products"]
    assert problem.field == "products[2].key"
    assert problem.line == line_of(text, "# Which units are meant") - (
        WHOLE[start:end].count("\n") - 2
    )


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('format = 1\nrecall = "x\n', 2, "closed with its quote"),
        ("format = 1\n\nformat = 2\n", 3, "given twice"),
        ("[firm]\n[firm]\n", 2, "opened twice"),
        ("format 1\n", 1, "followed by ="),
        ("format = one\n", 1, "cannot be read"),
        ("format = 1\nlist = [1,\n", 2, "is not closed"),
        ("when = 2025-13-45\n", 1, "is a text or a day not written right?"),
        ("number = " + "1" * 5000, 1, "cannot be read"),
    ],
)
def test_a_text_that_is_not_toml_is_refused_at_its_line(text: str, line: int, said: str) -> None:
    (problem,) = problems_of(text)
    assert problem.line == line
    assert said in problem.message


def test_nesting_without_end_and_size_without_end_are_refused() -> None:
    for text in ("a = " + "[" * 50_000, "a = " + "[" * 50_000 + "]" * 50_000, "#" * (LONGEST + 1)):
        assert len(problems_of(text)) == 1


def test_an_empty_file_is_told_all_that_is_missing() -> None:
    found = problems_of("")
    assert {"format", "recall", "firm", "products", "scope"} <= {p.field for p in found}
    assert {problem.message for problem in found} == {"is missing"}


def test_the_refusal_says_how_many_problems_there_are_and_what_to_do() -> None:
    refusal = RecallFileProblems((FileProblem(1, "firm", "is missing"),))
    assert refusal.message == "The recall file has 1 problem."
    assert "Mend the lines" in str(refusal)
