"""What a written stand-in says of itself: of which versions it is, and the digest of each file.

Guarantee: it holds no moment, so that two stand-ins of the same pages are the same bytes; when it
was written or found unchanged is the file's own time.
"""

import hashlib
import importlib.metadata
import os
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

NAME = "stand-in.json"
MADE_BY = "recalldesk notice export"


class Shown(BaseModel):
    """A recall as its pages say."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    recall: str
    version: int
    is_closed: bool


class Manifest(BaseModel):
    """The content of `stand-in.json`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    made_by: str = MADE_BY
    program: str
    site: str
    recalls: tuple[Shown, ...]
    files: dict[str, str]

    def written(self) -> bytes:
        """As bytes."""
        return (self.model_dump_json(indent=1) + "\n").encode()


def manifest_of(files: dict[str, bytes], *, site: str, recalls: tuple[Shown, ...]) -> Manifest:
    """The manifest of these files."""
    return Manifest(
        program=importlib.metadata.version("recalldesk"),
        site=site,
        recalls=recalls,
        files={name: digest_of(files[name]) for name in sorted(files)},
    )


def digest_of(content: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest in a folder; None where there is none of ours."""
    try:
        found = Manifest.model_validate_json((folder / NAME).read_bytes())
    except (OSError, ValidationError):
        return None
    return found if found.made_by == MADE_BY else None


def confirmed_at(folder: Path) -> datetime:
    """When it was written, or found unchanged. Raises OSError."""
    return datetime.fromtimestamp((folder / NAME).stat().st_mtime, UTC)


def confirm(folder: Path, at: datetime) -> None:
    """Notes that it was found unchanged. Raises OSError."""
    os.utime(folder / NAME, (at.timestamp(), at.timestamp()))
