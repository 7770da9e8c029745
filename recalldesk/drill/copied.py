"""A recall as a drill takes it along: its file, its lists and pictures, and serials to draw owners
from.

Guarantee: it is read and never written; what is taken along is a copy in the sandbox's folder.
"""

import csv
import gzip
import random
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from recalldesk.demo.made_up_serials import Numbering, TooManySerialsError, made_up_serials
from recalldesk.drill.drawn_serials import in_pattern, in_range, is_within, matches_pattern
from recalldesk.drill.errors import DrillRefused
from recalldesk.pictures.reads import content_of, pictures_of
from recalldesk.recalls.document import Document
from recalldesk.recalls.document.scope import ListSpec, Meaning
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import document_of, live_version, newest_version
from recalldesk.recalls.recall_file import read_recall_file
from recalldesk.units.lists import form_of
from recalldesk.units.models import SerialList
from recalldesk.units.reads import covered_ranges, covered_serials

MADE_UP_UNITS = 20_000
"""Of a recall file without its serials: so many are made up for each list, at most."""
DRAWN_OF_A_LIST = 20_000
RANGES_OF_A_LIST = 500


@dataclass(frozen=True)
class ListFile:
    """A file of a list. `made`: of all serials made, and not of recalled ones."""

    name: str
    file: str
    made: bool = False


@dataclass
class Copied:
    """`text`: the recall file; `version`: which one, in words; `affected`: serials of recalled
    units, with the key of their product; `units`: how many the recall says, if it does."""

    slug: str
    text: str
    units: int | None
    version: str
    lists: list[ListFile] = field(default_factory=list)
    affected: list[tuple[str, str]] = field(default_factory=list)


def copy_of_recall(recall: Recall, folder: Path, *, seed: int) -> Copied:
    """Of the live version; of the newest where none is live. Raises DrillRefused."""
    live, newest = live_version(recall), newest_version(recall)
    version = live or newest
    if version is None:
        raise DrillRefused(
            f"{recall.slug} has no version yet.",
            "Apply its recall file: `recalldesk recall apply`.",
        )
    document, draw = document_of(version), random.Random(seed)  # noqa: S311 - repeatable, not secret
    named = f"version {version.number}" + ("" if live else ", not live yet")
    if newest is not None and newest.number > version.number:
        named += f" (version {newest.number} is not live, and was not drilled)"
    copied = Copied(recall.slug, version.source, _units(document), named)
    taken = _Taking(copied, folder, document, draw)
    for row in SerialList.objects.filter(recall=recall).order_by("name"):
        spec = next((each for each in document.scope.lists if each.name == row.name), None)
        if spec is not None:
            taken.list_of_serials(spec, covered_serials(version, row))
            taken.list_of_ranges(spec, covered_ranges(version, row))
    taken.of_the_file()
    for name, picture in pictures_of(version).items():
        content = content_of(picture.largest.digest)
        if content is not None:
            (folder / name).write_bytes(content)
    return _whole(copied)


def copy_of_file(path: Path, folder: Path, *, seed: int) -> Copied:
    """Of a recall file, with made-up serials. Raises DrillRefused, RecallFileProblems, OSError."""
    text = _text_of(path)
    document, draw = read_recall_file(text), random.Random(seed)  # noqa: S311 - as above
    named = f"the file {path.name}, with made-up serials"
    copied = Copied(document.recall, text, _units(document), named)
    taken = _Taking(copied, folder, document, draw)
    for spec in document.scope.lists:
        if spec.meaning is Meaning.RECALLED:
            count = min(spec.units or MADE_UP_UNITS, MADE_UP_UNITS)
            taken.list_of_serials(spec, _made_up(spec, document, count, seed))
    taken.of_the_file()
    return _whole(copied)


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DrillRefused(f"{path.name} is no text in UTF-8.", "Save it so.") from error
    except OSError as error:
        raise DrillRefused(
            f"{path.name} cannot be read: {error.strerror}.", "Check its name and rights."
        ) from error


def _made_up(spec: ListSpec, document: Document, count: int, seed: int) -> Iterator[str]:
    form = form_of(spec, document)
    try:
        yield from sorted(made_up_serials(form, count, seed=seed, numbering=Numbering.RANDOM))
    except TooManySerialsError as error:
        raise DrillRefused(
            f"The form of the list {spec.name!r} has no room for {count:,} made-up serials.",
            "Drill a recall whose serials are imported, by its name.",
        ) from error


class _Taking:
    """Writes lists into the folder, and draws affected serials on the way."""

    def __init__(
        self, copied: Copied, folder: Path, document: Document, draw: random.Random
    ) -> None:
        self._copied, self._folder = copied, folder
        self._document, self._draw = document, draw
        self._excluded: list[Callable[[str], bool]] = []

    def list_of_serials(self, spec: ListSpec, serials: Iterable[str]) -> None:
        """A list of single serials; of recalled ones some are drawn."""
        path, drawn, count = self._folder / f"{spec.name}.csv.gz", list[str](), 0
        most = sys.maxsize if spec.meaning is Meaning.EXCLUDED else DRAWN_OF_A_LIST
        with gzip.open(path, "wt", encoding="utf-8", newline="", compresslevel=1) as file:
            file.write("serial\n")
            for count, serial in enumerate(serials, 1):
                file.write(f"{serial}\n")
                if len(drawn) < most:
                    drawn.append(serial)
                elif (place := self._draw.randrange(count)) < most:
                    drawn[place] = serial
        if spec.meaning is Meaning.EXCLUDED:
            self._excluded.append(frozenset(drawn).__contains__)
        self._note(spec, path, drawn)

    def list_of_ranges(self, spec: ListSpec, ranges: Iterable[tuple[str, str]]) -> None:
        """A list of ranges; in some of them serials are drawn."""
        path, drawn = self._folder / f"{spec.name}-ranges.csv", list[str]()
        alphabet = self._document.product_by_key[spec.products[0]].serial.alphabet
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(("start", "end"))
            for start, end in ranges:
                rows.writerow((start, end))
                if spec.meaning is Meaning.EXCLUDED:
                    self._excluded.append(partial(is_within, start=start, end=end))
                if len(drawn) < RANGES_OF_A_LIST:
                    drawn.append(in_range(start, end, spec.counting, alphabet, self._draw))
        self._note(spec, path, drawn)

    def of_the_file(self) -> None:
        """Ranges and patterns that stand in the recall file itself."""
        scope, products = self._document.scope, self._document.product_by_key
        for span in scope.ranges:
            alphabet = products[span.products[0]].serial.alphabet
            drawn = in_range(span.start, span.end, span.counting, alphabet, self._draw)
            self._keep(span.meaning, span.products[0], [drawn])
            if span.meaning is Meaning.EXCLUDED:
                self._excluded.append(partial(is_within, start=span.start, end=span.end))
        for pattern in scope.patterns:
            form = products[pattern.products[0]].serial.form
            drawn_here = [in_pattern(pattern.pattern, form, self._draw) for _ in range(50)]
            self._keep(pattern.meaning, pattern.products[0], drawn_here)
            if pattern.meaning is Meaning.EXCLUDED:
                self._excluded.append(partial(matches_pattern, pattern=pattern.pattern, form=form))
        self._copied.affected = [
            each
            for each in self._copied.affected
            if not any(is_excluded(each[0]) for is_excluded in self._excluded)
        ]

    def _note(self, spec: ListSpec, path: Path, drawn: list[str]) -> None:
        if not drawn:
            path.unlink()
            return
        is_made = spec.meaning is Meaning.MADE
        self._copied.lists.append(ListFile(spec.name, path.name, is_made))
        self._keep(spec.meaning, spec.products[0], drawn)

    def _keep(self, meaning: Meaning, product: str, drawn: list[str]) -> None:
        if meaning is Meaning.RECALLED:
            self._copied.affected += [(serial, product) for serial in drawn]


def _units(document: Document) -> int | None:
    figure = document.figures.get("units")
    return int(figure.value) if figure else document.stated_units


def _whole(copied: Copied) -> Copied:
    if not copied.affected:
        raise DrillRefused(
            f"{copied.slug} has no serial of a recalled unit yet, so nobody could claim.",
            "Import its serials: `recalldesk serials import`.",
        )
    return copied
