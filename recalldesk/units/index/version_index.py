"""One live version's index, opened: its scopes, its products, and what it knows to be made."""

from pathlib import Path

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.units.index.listed import ExactTrie, ListedTries
from recalldesk.units.index.manifest import (
    Manifest,
    StoredDescription,
    StoredGroup,
    StoredMade,
    StoredProduct,
    as_places,
)
from recalldesk.units.ranges_form import Counting
from recalldesk.units.verdict.known import KnownProduct, KnownVersion, Made
from recalldesk.units.verdict.ranges import RangeSet, SerialRange
from recalldesk.units.verdict.scope import Described, Scope


def open_version(folder: Path) -> KnownVersion:
    """Opens a finished index. Raises OSError or ValueError where it is not whole."""
    manifest = Manifest.read(folder)
    made = tuple(_made(folder, stored) for stored in manifest.made)
    return KnownVersion(
        recall=manifest.recall,
        version=manifest.version,
        scopes=tuple(_scope(folder, stored) for stored in manifest.groups),
        products=tuple(_product(stored, made) for stored in manifest.products),
        index_name=folder.name,
    )


def is_whole(folder: Path) -> bool:
    """Whether a finished index lies there, in today's format and as it was written."""
    try:
        open_version(folder)
    except Exception:  # whatever is wrong with it, it is built again
        return False
    return True


def described_by(stored: StoredDescription, form: SerialForm) -> Described:
    """Ranges and patterns, opened."""
    ranges = (SerialRange(r.start, r.end, Counting(r.counting)) for r in stored.ranges)
    return Described(
        ranges=RangeSet(ranges, form),
        patterns=tuple(as_places(texts) for texts in stored.patterns),
    )


def _scope(folder: Path, stored: StoredGroup) -> Scope:
    form = stored.form.form
    lengths = frozenset(stored.lengths)
    return Scope(
        form=form,
        listed=ListedTries(folder / stored.folder, form=form, lengths=lengths)
        if stored.folder
        else None,
        described=described_by(stored.described, form),
        excluded=described_by(stored.excluded, form),
        excluded_list=ExactTrie(folder / stored.excluded_file) if stored.excluded_file else None,
    )


def _made(folder: Path, stored: StoredMade) -> Made:
    return Made(
        listed=ExactTrie(folder / stored.file) if stored.file else None,
        described=described_by(stored.described, stored.form.form),
    )


def _product(stored: StoredProduct, made: tuple[Made, ...]) -> KnownProduct:
    return KnownProduct(
        key=stored.key,
        model=stored.model,
        also_called=stored.also_called,
        name=stored.name,
        prefix=stored.prefix,
        form=stored.form.form,
        made=made[stored.made] if stored.made is not None else None,
        not_the_serial=tuple(
            (other.name, tuple(as_places(places) for places in other.patterns))
            for other in stored.not_the_serial
        ),
    )
