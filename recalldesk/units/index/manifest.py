"""What an index says of itself: which version, which groups of products, which files.

Guarantees: a manifest is written last, so that a folder which has one is whole; a file that is not
byte for byte what was written is refused before it is used, and so is an index of another format.
"""

import hashlib
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from recalldesk.foundation.private_files import create_private
from recalldesk.foundation.serial_form import SerialForm
from recalldesk.foundation.serial_pattern import Places

FORMAT = 3
FILE_NAME = "manifest.json"
DIGEST_NAME = "manifest.sha256"


class _Stored(BaseModel):
    model_config = ConfigDict(frozen=True)


class StoredForm(_Stored):
    """A serial form as JSON: each shape is the sorted characters of each of its places."""

    alphabet: str
    shortest: int
    longest: int
    folding: tuple[tuple[str, str], ...]
    look_alikes: tuple[str, ...]
    shapes: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, form: SerialForm) -> "StoredForm":
        """From the engine's value."""
        return cls(
            alphabet=form.alphabet,
            shortest=form.shortest,
            longest=form.longest,
            folding=form.folding,
            look_alikes=form.look_alikes,
            shapes=tuple(as_text(shape) for shape in form.shapes),
        )

    @property
    def form(self) -> SerialForm:
        """The engine's value."""
        return SerialForm(
            alphabet=self.alphabet,
            shortest=self.shortest,
            longest=self.longest,
            folding=self.folding,
            look_alikes=self.look_alikes,
            shapes=tuple(as_places(shape) for shape in self.shapes),
        )


def as_text(places: Places) -> tuple[str, ...]:
    """Sets of characters as sorted texts."""
    return tuple("".join(sorted(members)) for members in places)


def as_places(texts: tuple[str, ...]) -> Places:
    """Sorted texts as sets of characters."""
    return tuple(frozenset(text) for text in texts)


class StoredRange(_Stored):
    """A range of the group."""

    start: str
    end: str
    counting: str


class StoredDescription(_Stored):
    """Ranges, and patterns with the characters of each place."""

    ranges: tuple[StoredRange, ...] = ()
    patterns: tuple[tuple[str, ...], ...] = ()


class StoredOtherForm(_Stored):
    """A number that is not the serial, with its name by language."""

    name: dict[str, str]
    patterns: tuple[tuple[str, ...], ...]


class StoredProduct(_Stored):
    """A product of the version. `made` is a place in the manifest's list, or None."""

    key: str
    model: str
    also_called: tuple[str, ...]
    name: dict[str, str]
    prefix: str
    form: StoredForm
    made: int | None
    not_the_serial: tuple[StoredOtherForm, ...]


class StoredGroup(_Stored):
    """The scope of products that fold alike. Folder and file are empty where nothing is listed."""

    form: StoredForm
    folder: str
    lengths: tuple[int, ...]
    described: StoredDescription
    excluded: StoredDescription
    excluded_file: str


class StoredMade(_Stored):
    """All serials made of some products."""

    form: StoredForm
    file: str
    described: StoredDescription


class Manifest(_Stored):
    """One version's index."""

    format: int
    recall: str
    version: int
    products: tuple[StoredProduct, ...]
    groups: tuple[StoredGroup, ...]
    made: tuple[StoredMade, ...]
    files: dict[str, str]

    def write(self, folder: Path) -> None:
        """Writes the manifest into the index's folder, and its own digest beside it."""
        text = self.model_dump_json()
        digest = hashlib.sha256(text.encode()).hexdigest()
        for name, content in ((DIGEST_NAME, digest), (FILE_NAME, text)):
            with open(create_private(folder / name), "w", encoding="utf-8") as file:
                file.write(content)

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Reads the manifest of a whole and undamaged index.

        Raises OSError where a part is missing, ValueError where one is not as it was written, or
        was written by a program of another format.
        """
        text = (folder / FILE_NAME).read_text(encoding="utf-8")
        if hashlib.sha256(text.encode()).hexdigest() != (folder / DIGEST_NAME).read_text():
            raise ValueError("the manifest is damaged")
        manifest = cls.model_validate_json(text)
        if manifest.format != FORMAT:
            raise ValueError(f"the index is of format {manifest.format}, not {FORMAT}")
        for name, digest in manifest.files.items():
            if digest_of(folder / name) != digest:
                raise ValueError(f"{name} is damaged")
        return manifest


def digest_of(path: Path) -> str:
    """The digest of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digests_in(folder: Path) -> dict[str, str]:
    """The digests of all tries in a folder, by their path in it."""
    return {
        path.relative_to(folder).as_posix(): digest_of(path)
        for path in sorted(folder.rglob("*.marisa"))
    }
