"""How each field of a recall file is written, taken from the file that `recall new` starts from.

Guarantee: an example is valid at its place, so that it can be shown and can stand in for a value
that cannot be read.
"""

import datetime
import re
import tomllib
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from recalldesk.recalls.document.parts import LANGUAGES, Path

COMMENTED = re.compile(r"^# (?=\[\[|[a-z_]+ = )", re.MULTILINE)
"""A line of the template that only has to lose its # to count."""
LONGEST_SHOWN = 70


@cache
def _whole() -> dict[str, Any]:
    template = resources.files("recalldesk.recalls").joinpath("template.toml")
    return tomllib.loads(COMMENTED.sub("", template.read_text(encoding="utf-8")))


def example_of(path: Path) -> Any:
    """A valid value for the field at a path; None where the template has none."""
    part: Any = _whole()
    for step in path:
        if isinstance(part, list) and part and isinstance(step, int):
            part = part[0]
        elif isinstance(part, dict) and part and isinstance(step, str):
            named_freely = all(isinstance(value, type(part)) for value in part.values())
            part = part.get(step, next(iter(part.values())) if named_freely else None)
        else:
            return None
    return part


def written_example(path: Path) -> str:
    """The example of a field as it stands in a file; empty where it would be too long to help."""
    example = example_of(path)
    written = "" if example is None else _written(example)
    return written if len(written) <= LONGEST_SHOWN else ""


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, list):
        value = value[:1] if value and isinstance(value[0], dict) else value
        return f"[{', '.join(_written(entry) for entry in value)}]"
    if isinstance(value, dict):
        texts = set(value) <= set(LANGUAGES)
        fields = (f"{name} = {'...' if texts else _written(each)}" for name, each in value.items())
        return "{ " + ", ".join(fields).replace("...", '"..."') + " }"
    assert isinstance(value, int | float | Decimal | datetime.date)
    return str(value)
