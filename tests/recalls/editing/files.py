"""The recall files that the tests of the editor begin with."""

import tomllib
from pathlib import Path
from typing import Any

from recalldesk.recalls.editing.changing import changed
from recalldesk.recalls.editing.sections import Section, parts_of
from recalldesk.recalls.editing.shape import is_headed
from recalldesk.recalls.editing.splicing import edited
from recalldesk.recalls.starting import empty_text, starting_text
from tests.recalls.editing.forms import Form

EXAMPLES = {
    path.parent.name: path.read_text(encoding="utf-8")
    for path in sorted(Path(__file__).parents[3].glob("examples/*/recall.toml"))
}
TEXTS = EXAMPLES | {
    "the template": starting_text("kettle-k20"),
    "nothing": empty_text("kettle-k20", ("en", "es")),
}


def tables(text: str) -> dict[str, Any]:
    """What a text says."""
    return tomllib.loads(text)


def saved(text: str, section: Section, form: Form) -> str:
    """The text after a section's form was sent."""
    return edited(text, changed(tables(text), parts_of(section), form), is_headed)


def comments(text: str) -> list[str]:
    """The comments of a text, in their order."""
    return [
        line[line.index("#") :].rstrip()
        for line in text.splitlines()
        if line.startswith("#") or "  # " in line
    ]
