"""What connects the made-up services of a demo that runs, for every program of that demo.

Guarantees: read in `demo` only, and after the environment, which goes before it; the file is its
user's alone, is there whole or not at all, and goes with the services that it names.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from recalldesk.config.environment import Environment
from recalldesk.config.profile import Profile
from recalldesk.foundation.private_files import create_private


def connected_file(home: Path) -> Path:
    """Where it stands below the demo's data folder."""
    return home / "providers" / "connected.env"


def read_environment() -> Environment:
    """The environment; in a demo, what connects its services beside it."""
    found = Environment()
    if found.profile is not Profile.DEMO:
        return found
    return Environment(_env_file=connected_file(found.home))


@contextmanager
def connected(home: Path, settings: Mapping[str, str]) -> Iterator[None]:
    """Has other programs of the demo know the settings, for as long as the context lasts."""
    path = connected_file(home)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    draft.unlink(missing_ok=True)
    with os.fdopen(create_private(draft), "w", encoding="utf-8") as file:
        file.writelines(f"{name}='{value}'\n" for name, value in settings.items())
    draft.replace(path)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
