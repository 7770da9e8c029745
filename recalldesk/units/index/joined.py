"""The lists of several recalls in one index, so that a check asks once where they read alike.

Guarantees: it only says which lists are worth asking: what they hold, they say themselves; one that
is damaged, or was made of other lists, is never opened. Built beside its place, renamed when whole.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import marisa_trie

from recalldesk.foundation.private_files import create_private, make_folder
from recalldesk.foundation.serial_form import SerialForm
from recalldesk.units.index.build import save
from recalldesk.units.index.folders import new_folder, only_builder, settle
from recalldesk.units.index.listed import (
    BEGINNING,
    ENDING,
    ENDS,
    EXACT,
    ListedTries,
    ends_asked,
)
from recalldesk.units.index.manifest import FORMAT as PARTS_FORMAT
from recalldesk.units.index.manifest import digest_of
from recalldesk.units.verdict.known import KnownVersion

FORMAT = 1
FILE_NAME = "joined.json"
MOST_SERIALS = 2_000_000
"""Of a list that is joined. A larger one is asked by itself: there are few, and joining it would
take minutes at each publication."""
NUMBER = "<H"
MOST_LISTS = 2**16

Member = tuple[str, int]


@dataclass(frozen=True)
class JoinedList:
    """A list to join: the index and the place of its scope there, and its tries."""

    member: Member
    form: SerialForm
    tries: ListedTries


Group = Sequence[JoinedList]


def groups_to_join(versions: Iterable[KnownVersion]) -> list[Group]:
    """The lists that read alike and are worth joining, at least two a group."""
    found: dict[object, list[JoinedList]] = {}
    for version in versions:
        for number, scope in enumerate(version.scopes):
            tries = scope.listed
            if isinstance(tries, ListedTries) and len(tries) <= MOST_SERIALS:
                entry = JoinedList((version.index_name, number), scope.form, tries)
                found.setdefault(scope.form.profile, []).append(entry)
    groups = (sorted(group, key=lambda e: e.member)[:MOST_LISTS] for group in found.values())
    return sorted((group for group in groups if len(group) > 1), key=lambda g: g[0].member)


def name_of(groups: Sequence[Group]) -> str:
    """The folder of the index that joins these very lists; empty where there are none."""
    if not groups:
        return ""
    members = [[entry.member for entry in group] for group in groups]
    # A live version keeps its index's name where a later program builds it anew, in a new format.
    made_of = json.dumps([PARTS_FORMAT, members])
    digest = hashlib.sha256(made_of.encode()).hexdigest()[:16]
    return f"joined-{digest}-f{FORMAT}"


class JoinedTries:
    """The lists of one group in two tries: as they are, and how their skeletons begin and end."""

    def __init__(self, folder: Path, group: Group) -> None:
        self.that_list = _mapped(folder / EXACT).get
        """Gives the members that list a folded serial, or None."""
        self._ends = _mapped(folder / ENDS)
        self._ends_asked = ends_asked(frozenset().union(*(e.tries.lengths for e in group)))
        self.members = tuple(entry.member for entry in group)

    def near(self, skeleton: str) -> Collection[int]:
        """The members that may list a serial within reach: `ListedTries.reach` says it of each."""
        ends = self._ends
        found: list[tuple[int]] = []
        for length in self._ends_asked.get(len(skeleton), ()):
            found += ends.get(BEGINNING + skeleton[:length], ())
            found += ends.get(ENDING + skeleton[len(skeleton) - length :], ())
        return {number for (number,) in found} if found else ()


def _mapped(path: Path) -> "marisa_trie.RecordTrie[tuple[int]]":
    trie: marisa_trie.RecordTrie[tuple[int]] = marisa_trie.RecordTrie(NUMBER)
    trie.mmap(str(path))
    return trie


def build_joined(root: Path, groups: Sequence[Group]) -> Path | None:
    """Builds the index that joins these lists, or finds it whole; None where there is none to join.

    Waits while another program builds.
    """
    name = name_of(groups)
    if not name:
        return None
    final = root / name
    if _is_whole(final, groups):
        return final
    with only_builder(root):
        if not _is_whole(final, groups):
            _build(final, groups)
    return final


def _build(final: Path, groups: Sequence[Group]) -> None:
    folder = new_folder(final.parent)
    digests: dict[str, str] = {}
    for number, group in enumerate(groups):
        place = folder / _folder_of(number)
        make_folder(place)
        for name in (EXACT, ENDS):
            save(marisa_trie.RecordTrie(NUMBER, _numbered(group, name)), place / name)
            digests[f"{place.name}/{name}"] = digest_of(place / name)
    with open(create_private(folder / FILE_NAME), "w", encoding="utf-8") as file:
        json.dump(digests, file)
    settle(folder, final)


def _folder_of(number: int) -> str:
    return f"group-{number}"


def _numbered(group: Group, name: str) -> Iterator[tuple[str, tuple[int]]]:
    for number, entry in enumerate(group):
        for key in entry.tries.keys_of(name):
            yield key, (number,)


def open_joined(root: Path, groups: Sequence[Group]) -> tuple[JoinedTries, ...]:
    """The index that joins these very lists, a part a group; nothing where it is not there."""
    folder = root / name_of(groups)
    if not groups or not _is_whole(folder, groups):
        return ()
    return tuple(JoinedTries(folder / _folder_of(n), group) for n, group in enumerate(groups))


def _is_whole(folder: Path, groups: Sequence[Group]) -> bool:
    try:
        digests = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
        return len(digests) == 2 * len(groups) and all(
            digest_of(folder / name) == digest for name, digest in digests.items()
        )
    except (OSError, ValueError, AttributeError):
        return False
