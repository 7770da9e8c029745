"""The text of a first recall file: commented, made up, and read without a problem; or empty."""

import re
from collections.abc import Sequence
from importlib import resources

from recalldesk.recalls.document.parts import KEY_PATTERN, OF_THE_DESK
from recalldesk.recalls.errors import NotARecallName

TEMPLATE_NAME = "kettle-k20"
LONGEST_NAME = 60


EMPTY = """\
# A recall, as Recalldesk reads it. It is written at the desk, section by section, or here.

format = 1                 # the form of this file
recall = "{slug}"
languages = [{languages}]
"""


def check_name(slug: str) -> None:
    """Raises NotARecallName for what cannot stand in an address, or is one of the desk itself."""
    is_plain = len(slug) <= LONGEST_NAME and re.fullmatch(KEY_PATTERN, slug)
    if not is_plain or slug in OF_THE_DESK:
        raise NotARecallName(slug[: LONGEST_NAME + 1])


def empty_text(slug: str, languages: Sequence[str]) -> str:
    """A recall file that says its name and languages, and nothing else. Raises NotARecallName."""
    check_name(slug)
    return EMPTY.format(slug=slug, languages=", ".join(f'"{each}"' for each in languages))


def starting_text(slug: str) -> str:
    """A whole recall file of the given name. Raises NotARecallName."""
    check_name(slug)
    template = resources.files("recalldesk.recalls").joinpath("template.toml")
    text = template.read_text(encoding="utf-8")
    return text.replace(f'recall = "{TEMPLATE_NAME}"', f'recall = "{slug}"', 1)
