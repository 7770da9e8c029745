"""The sections in which a recall is written, in the order in which a person thinks.

Guarantee: each field of the file belongs to exactly one section, that whose part of it is nearest.
"""

from dataclasses import dataclass
from functools import cache

from recalldesk.recalls.editing.shape import Field, Group, nodes, schema_path, whole
from recalldesk.recalls.toml_places import Path


@dataclass(frozen=True)
class Section:
    """Some parts of the file on a page of their own."""

    name: str
    title: str
    says: str
    parts: tuple[str, ...]


SECTIONS: tuple[Section, ...] = (
    Section(
        "recall",
        "The recall",
        "Its name, its day and its languages.",
        ("format", "recall", "languages", "announced", "recall_number", "made_up"),
    ),
    Section(
        "firm",
        "Firm and brands",
        "Who answers for the recall, and under which names owners know the products.",
        ("firm", "brands"),
    ),
    Section(
        "products",
        "Products",
        "What is recalled: a product for each model.",
        ("products",),
    ),
    Section(
        "serials",
        "Serial numbers",
        "Where they stand, and what they look like.",
        ("products.serial",),
    ),
    Section(
        "units",
        "Which units",
        "Lists from files, ranges and patterns, in any mix.",
        ("scope",),
    ),
    Section(
        "sale",
        "Made and sold",
        "When, where and by whom; and for how much.",
        ("products.made", "products.sold", "companies"),
    ),
    Section(
        "danger",
        "The danger",
        "The hazard, said plainly, and what happened, with its figures.",
        ("texts.hazard", "figures", "incidents", "danger"),
    ),
    Section(
        "steps",
        "What owners do",
        "At once, meanwhile, and in the end.",
        ("texts.stop", "texts.keep", "disposal"),
    ),
    Section(
        "remedies",
        "Remedies",
        "What owners can choose, and how soon they get it.",
        ("remedies", "promises"),
    ),
    Section(
        "words",
        "Words of the notice",
        "Headline, summary, questions and answers.",
        ("texts", "faq"),
    ),
    Section(
        "contact",
        "Contact",
        "Where owners write, call and ask.",
        (
            "brands.sender",
            "brands.email",
            "brands.phone",
            "brands.phone_shown",
            "brands.phone_is_free",
            "brands.hours",
            "brands.online_service",
        ),
    ),
    Section(
        "countries",
        "Countries",
        "Where it is recalled, how many units, and by which authority.",
        ("jurisdictions",),
    ),
    Section(
        "claims",
        "How claims are decided",
        "What owners show, and when a person looks.",
        ("evidence", "review", "budget", "corrections"),
    ),
)
BY_NAME = {section.name: section for section in SECTIONS}


@cache
def section_of(path: str) -> Section:
    """The section in which a field or group, given by its path without numbers, is written."""
    found = [
        (len(part), place, section)
        for place, section in enumerate(SECTIONS)
        for part in section.parts
        if path == part or path.startswith(f"{part}.")
    ]
    if found:
        return max(found)[2]
    inside = next((part for each in SECTIONS for part in each.parts if part.startswith(path)), "")
    return section_of(inside) if path and inside else SECTIONS[0]


def section_at(path: Path) -> Section:
    """The section in which what stands at a path of the file is written."""
    named = schema_path(path)
    while named and named not in nodes():
        named = named.rpartition(".")[0]
    return section_of(named)


@cache
def parts_of(section: Section) -> Group:
    """The file, with only that in it which the section shows."""
    found = _narrowed(whole(), section)
    assert isinstance(found, Group)
    return found


def _narrowed(node: Field | Group, section: Section) -> Field | Group | None:
    if isinstance(node, Field):
        return node if section_of(node.path) is section else None
    inside = tuple(kept for each in node.inside if (kept := _narrowed(each, section)) is not None)
    if not inside and node.path:
        return None
    ordered = sorted(inside, key=lambda each: _rank(each.path, section))
    return Group(
        node.path,
        node.name,
        node.kind,
        node.is_needed,
        node.is_inline,
        node.is_kept,
        tuple(ordered),
    )


def _rank(path: str, section: Section) -> int:
    """The order of a section's parts is its own; inside of them it is that of the file."""
    return next(
        (
            place
            for place, part in enumerate(section.parts)
            if path == part or part.startswith(f"{path}.")
        ),
        len(section.parts) if any(path.startswith(f"{part}.") for part in section.parts) else 0,
    )
