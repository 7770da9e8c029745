"""The text of a first recall file: commented, made up, and read without a problem."""

import re
from importlib import resources

from recalldesk.recalls.document.parts import KEY_PATTERN
from recalldesk.recalls.errors import NotARecallName

TEMPLATE_NAME = "kettle-k20"
LONGEST_NAME = 60


def starting_text(slug: str) -> str:
    """A whole recall file of the given name. Raises NotARecallName."""
    if len(slug) > LONGEST_NAME or not re.fullmatch(KEY_PATTERN, slug):
        raise NotARecallName(slug[: LONGEST_NAME + 1])
    template = resources.files("recalldesk.recalls").joinpath("template.toml")
    text = template.read_text(encoding="utf-8")
    return text.replace(f'recall = "{TEMPLATE_NAME}"', f'recall = "{slug}"', 1)
