"""What the recall file says of what purchasers are told and get. Pure."""

from recalldesk.recalls.document import Document
from recalldesk.recalls.document.remedy import DisposalCase
from recalldesk.recalls.editing.choice_words import word_of
from recalldesk.recalls.wording import said
from recalldesk.reports.section15b.of_product import LANGUAGE
from recalldesk.reports.section15b.parts import Item, Known

BY_HAND = "write it in by hand."


def changes() -> Item:
    """Item 10: a recall file says nothing of how the product is changed."""
    return Item(
        10,
        (),
        (
            f"What is changed in design, parts, tests or control of quality, and when: {BY_HAND}",
            f"How the like is prevented from now on: {BY_HAND}",
        ),
    )


def told(document: Document, source: str, *, is_live: bool) -> Item:
    """Item 11."""
    languages = " and ".join(word_of("languages", each) for each in document.languages)
    known = [
        Known(said(document.texts.headline, document, LANGUAGE), f"{source}, texts.headline"),
        Known(
            f"A notice in {languages} on the firm's site, "
            f"{document.firm.website}, with poster, press release and letter to shops",
            f"{source}",
        ),
    ]
    if document.announced:
        known.append(Known(f"Announced on {document.announced}", f"{source}, announced"))
    missing = ["Copies of what was mailed to purchasers themselves: attach them."]
    if not is_live:
        missing.append(
            "The notice is not public yet: attach its papers from the page of the version."
        )
    return Item(11, tuple(known), tuple(missing))


def remedies(document: Document, source: str) -> Item:
    """Item 12."""
    known = [
        Known(
            f"{said(each.title, document, LANGUAGE)} ({each.kind.value.replace('_', ' ')}), in "
            f"{', '.join(each.countries)}: within {each.days} working days",
            f"{source}, remedies",
        )
        for each in document.remedies
    ]
    known += [
        Known(said(each, document, LANGUAGE), f"{source}, disposal.guidance")
        for each in document.disposal.guidance
    ]
    known += [
        Known(
            f"{_for_whom(case)}: {said(each, document, LANGUAGE)}",
            f"{source}, disposal.cases",
        )
        for case in document.disposal.cases
        for each in case.guidance
    ]
    return Item(
        12,
        tuple(known),
        (f"What becomes of stock that is taken back (repaired, destroyed, sent back): {BY_HAND}",),
    )


def _for_whom(case: DisposalCase) -> str:
    """In which countries, and for which units, it is said in the place of the above."""
    unit = f"{case.condition.value} units" if case.condition else "units"
    return f"Of {unit}" + (f" in {', '.join(case.countries)}" if case.countries else "")
