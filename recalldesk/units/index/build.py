"""Builds the index of one version into a folder that appears only when it is whole.

Guarantees: memory stays bounded by the tries, not by Python's copies of the serials; the same
version gives the same answers whenever and wherever it is built; one index at a time is built.
"""

import heapq
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import marisa_trie

from recalldesk.foundation.private_files import create_private, make_folder
from recalldesk.foundation.serial_form import SerialForm, normalise
from recalldesk.recalls.document import Document
from recalldesk.recalls.document.product import OtherForm, Product
from recalldesk.recalls.document.scope import ListSpec, PatternSpec
from recalldesk.units.index.folders import new_folder, only_builder, settle
from recalldesk.units.index.grouping import Entry, Group, groups_of, made_of, patterns_of
from recalldesk.units.index.listed import (
    ENDS,
    EXACT,
    SHORTENED,
    SKELETON,
    ExactTrie,
    ends_of,
    mapped,
)
from recalldesk.units.index.manifest import (
    FORMAT,
    Manifest,
    StoredDescription,
    StoredForm,
    StoredGroup,
    StoredMade,
    StoredOtherForm,
    StoredProduct,
    StoredRange,
    as_text,
    digests_in,
)
from recalldesk.units.index.version_index import described_by, is_whole
from recalldesk.units.verdict.ranges import skips


@dataclass(frozen=True)
class Source:
    """Where the lists come from: by name, serials in character order, and ranges as their ends."""

    serials: Callable[[str], Iterator[str]]
    ranges: Callable[[str], Iterable[tuple[str, str]]]


@dataclass
class Building:
    """An index under way in its own folder."""

    folder: Path
    document: Document
    source: Source
    groups: list[StoredGroup] = field(default_factory=list)
    made: list[StoredMade] = field(default_factory=list)
    made_place: dict[tuple[Entry, ...], int] = field(default_factory=dict)

    def add_group(self, group: Group) -> None:
        """Writes the files of one group."""
        folder = f"group-{len(self.groups)}"
        make_folder(self.folder / folder)
        excluded_file = f"{folder}/excluded.marisa"
        excluded = self._write_trie(excluded_file, self._serials(group.excluded))
        without = ExactTrie(self.folder / excluded_file) if excluded else None
        description = self._description(group.excluded, group.form)
        left_out = _left_out(without, description, group.form)
        listed = (serial for serial in self._serials(group.recalled) if not left_out(serial))
        lengths = write_listed(self.folder / folder, listed, group.form)
        self.groups.append(
            StoredGroup(
                form=StoredForm.of(group.form),
                folder=folder if lengths else "",
                lengths=lengths,
                described=self._description(group.recalled, group.form),
                excluded=description,
                excluded_file=excluded_file if excluded else "",
            )
        )

    def add_made(self, made: list[Entry], form: SerialForm) -> int:
        """Writes the serials made; returns their place in the manifest."""
        key = tuple(made)
        if key not in self.made_place:
            file = f"made-{len(self.made)}.marisa"
            count = self._write_trie(file, self._serials(made))
            self.made.append(
                StoredMade(
                    form=StoredForm.of(form),
                    file=file if count else "",
                    described=self._description(made, form),
                )
            )
            self.made_place[key] = len(self.made) - 1
        return self.made_place[key]

    def _serials(self, entries: Iterable[Entry]) -> Iterator[str]:
        lists = [self.source.serials(e.name) for e in entries if isinstance(e, ListSpec)]
        last = None
        for serial in heapq.merge(*lists):
            if serial != last:
                yield serial
            last = serial

    def _write_trie(self, name: str, serials: Iterable[str]) -> int:
        trie = marisa_trie.Trie(serials)
        if len(trie):
            save(trie, self.folder / name)
        return len(trie)

    def _description(self, entries: Iterable[Entry], form: SerialForm) -> StoredDescription:
        ranges: list[StoredRange] = []
        patterns: list[tuple[str, ...]] = []
        for entry in entries:
            if isinstance(entry, ListSpec):
                ends = self.source.ranges(entry.name)
                ranges += [StoredRange(start=s, end=e, counting=entry.counting) for s, e in ends]
            elif isinstance(entry, PatternSpec):
                patterns += patterns_of(entry, self.document, form)
            else:
                start, end = (form.fold(normalise(text)) for text in (entry.start, entry.end))
                ranges.append(StoredRange(start=start, end=end, counting=entry.counting))
        return StoredDescription(ranges=tuple(ranges), patterns=tuple(patterns))


def _left_out(
    listed: ExactTrie | None, description: StoredDescription, form: SerialForm
) -> Callable[[str], bool]:
    described = described_by(description, form)

    def is_left_out(serial: str) -> bool:
        return (listed is not None and listed.holds(serial)) or described.holds(serial)

    return is_left_out


def save(trie: marisa_trie.Trie, path: Path) -> None:
    """Writes a trie into a file that only its user can read."""
    # Made before it is filled: `save` keeps the mode of a file that it finds.
    os.close(create_private(path))
    trie.save(str(path))


def write_listed(folder: Path, serials: Iterable[str], form: SerialForm) -> tuple[int, ...]:
    """Writes the tries; returns the lengths that serials have, empty where there are none."""
    exact = marisa_trie.Trie(serials)
    if not len(exact):
        return ()
    save(exact, folder / EXACT)
    del exact
    exact = mapped(folder / EXACT)
    save(marisa_trie.Trie(form.skeleton(serial) for serial in exact.iterkeys()), folder / SKELETON)
    lengths = {len(serial) for serial in exact.iterkeys()}
    skeletons = mapped(folder / SKELETON)
    shortened = (shorter for skeleton in skeletons.iterkeys() for shorter in skips(skeleton))
    save(marisa_trie.Trie(shortened), folder / SHORTENED)
    ends = (end for skeleton in skeletons.iterkeys() for end in ends_of(skeleton))
    save(marisa_trie.Trie(ends), folder / ENDS)
    return tuple(sorted(lengths))


def build_index(root: Path, *, name: str, document: Document, version: int, source: Source) -> Path:
    """Builds the index `name` below `root`, or finds it whole; returns its folder.

    Waits while another program builds: it may be this very index.
    """
    final = root / name
    if is_whole(final):
        return final
    with only_builder(root):
        if not is_whole(final):
            _build(final, document, version, source)
    return final


def _build(final: Path, document: Document, version: int, source: Source) -> None:
    building = Building(new_folder(final.parent), document, source)
    try:
        for group in groups_of(document):
            building.add_group(group)
        made = made_of(document)
        products = tuple(
            _stored_product(product, building, made.get(product.key, []))
            for product in document.products
        )
        Manifest(
            format=FORMAT,
            recall=document.recall,
            version=version,
            products=products,
            groups=tuple(building.groups),
            made=tuple(building.made),
            files=digests_in(building.folder),
        ).write(building.folder)
        settle(building.folder, final)
    finally:
        shutil.rmtree(building.folder, ignore_errors=True)


def _stored_product(product: Product, building: Building, made: list[Entry]) -> StoredProduct:
    document = building.document
    called = (product.key, product.model, *product.names, *product.also_searched_as)
    name = f"{document.brand_of(product.key).name} {product.names[0]} ({product.model})"
    return StoredProduct(
        key=product.key,
        model=product.model,
        also_called=tuple(dict.fromkeys(normalise(text) for text in called)),
        name=dict.fromkeys(document.languages, name),
        prefix=product.serial.prefix,
        form=StoredForm.of(product.serial.form),
        made=building.add_made(made, product.serial.form) if made else None,
        not_the_serial=tuple(_stored_other(other) for other in product.serial.not_the_serial),
    )


def _stored_other(other: OtherForm) -> StoredOtherForm:
    return StoredOtherForm(name=other.name, patterns=tuple(as_text(p) for p in other.places))
