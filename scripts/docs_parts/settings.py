"""Tables of settings, system checks and roles."""

from enum import Enum
from pathlib import Path
from typing import Any

from docs_parts.blocks import table
from recalldesk.accounts.permissions import ROLE_PERMISSIONS, Permission
from recalldesk.config import faults
from recalldesk.config.environment import Environment


def _shown(default: Any) -> str:
    value = default.value if isinstance(default, Enum) else default
    if isinstance(value, Path):
        return f"`{value.as_posix()}`"
    return "empty" if value == "" else f"`{str(value).lower()}`"


def settings_table() -> str:
    """Every setting: its variable, its default, its meaning."""
    prefix = str(Environment.model_config["env_prefix"])
    rows = [
        (
            f"`{field.validation_alias or prefix + name.upper()}`",
            _shown(field.default),
            field.description or "",
        )
        for name, field in Environment.model_fields.items()
    ]
    return table(("variable", "default", "meaning"), rows)


def checks_table() -> str:
    """Every system check: its id, what is wrong, what to do."""
    rows = [(f"`{fault.id}`", fault.message, fault.hint) for fault in faults.ALL]
    return table(("id", "what is wrong", "what to do"), rows)


def roles_table() -> str:
    """Which role may do what: a row for each permission, a column for each role."""
    rows = [
        (
            permission.value,
            *("yes" if permission in held else "" for held in ROLE_PERMISSIONS.values()),
        )
        for permission in Permission
    ]
    return table(("may", *(role.label for role in ROLE_PERMISSIONS)), rows)
