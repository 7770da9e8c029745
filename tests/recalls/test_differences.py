"""What changed between two recall files is said field by field, at the entry it belongs to."""

from recalldesk.recalls.differences import Difference, differences
from recalldesk.recalls.document import Document
from recalldesk.recalls.recall_file import read_recall_file
from recalldesk.recalls.starting import starting_text

WHOLE = starting_text("kettle-k20")


def after(*changes: tuple[str, str]) -> tuple[Difference, ...]:
    text = WHOLE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return differences(read_recall_file(WHOLE), read_recall_file(text))


def test_equal_files_have_no_difference() -> None:
    assert after() == ()


def test_a_changed_day_goes_by_the_key_of_its_product() -> None:
    found = after(("until = 2025-02-28", "until = 2025-03-01"))
    assert found == (Difference("products[k20].sold.until", "2025-02-28", "2025-03-01"),)


def test_a_day_taken_out_has_nothing_after() -> None:
    found = after(("until = 2025-02-28\n", ""))
    assert found == (Difference("products[k20].sold.until", "2025-02-28", ""),)


def test_texts_differ_by_language_and_number() -> None:
    found = after(("Do not use it again.", "Leave it."), ("el hervidor y com", "el hervidor; com"))
    assert [difference.path for difference in found] == ["texts.stop[1].en", "faq[1].answer.es"]


def test_a_new_entry_in_front_is_one_new_entry() -> None:
    new = '[[scope.lists]]\nname = "k19"\nproducts = ["k20"]\n\n[[scope.lists]]\nname = "k20"'
    found = after(('[[scope.lists]]\nname = "k20"', new))
    assert {difference.path.rsplit(".", 1)[0] for difference in found} == {"scope.lists[k19]"}
    assert all(difference.before == "" for difference in found)


def test_a_changed_range_is_one_gone_and_one_new() -> None:
    found = after(('end = "TW24050200"', 'end = "TW24050199"'))
    assert Difference("scope.ranges[TW24050001 to TW24050200].end", "TW24050200", "") in found
    assert Difference("scope.ranges[TW24050001 to TW24050199].end", "", "TW24050199") in found


def test_lists_of_words_and_switches_read_as_words() -> None:
    found = after(
        ('marks = ["word", "code"]', 'marks = ["word"]'), ("public = false", "public = true")
    )
    assert Difference("evidence.marks", "word, code", "word") in found
    assert Difference("scope.public", "no", "yes") in found


def test_entries_without_a_name_go_by_their_number() -> None:
    document = read_recall_file(WHOLE)
    turned = document.texts.model_copy(update={"stop": document.texts.stop[::-1]})
    found = differences(document, document.model_copy(update={"texts": turned}))
    assert [difference.path for difference in found] == [
        "texts.stop[1].en",
        "texts.stop[1].es",
        "texts.stop[2].en",
        "texts.stop[2].es",
    ]


def test_the_same_keyed_entries_in_another_order_say_so() -> None:
    document = read_recall_file(WHOLE)
    product = document.products[0]
    black = product.variants[0].model_copy(update={"key": "black"})
    one = with_variants(document, product.variants[0], black)
    other = with_variants(document, black, product.variants[0])
    assert differences(one, other) == (
        Difference("products[k20].variants (order)", "steel, black", "black, steel"),
    )


def with_variants(document: Document, *variants: object) -> Document:
    product = document.products[0].model_copy(update={"variants": variants})
    return document.model_copy(update={"products": (product,)})


def test_amounts_that_are_equal_are_no_difference() -> None:
    assert after(('amount = "39.90"', "amount = 39.9")) == ()
