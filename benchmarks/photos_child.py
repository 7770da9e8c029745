"""A process that receives photos and looks after them, and counts what became of each."""

import resource
import statistics
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import django

django.setup()

from django.core.management import call_command

from benchmarks.child import MEBIBYTE, Measured
from recalldesk.cleaning.apart import CleaningDied
from recalldesk.cleaning.limits import LONGEST_SIDE
from recalldesk.evidence import actions, looking_after, reads, words
from recalldesk.evidence.errors import PhotoRefused
from recalldesk.evidence.models import EvidenceSet, Photo
from recalldesk.evidence.states import PhotoKind, PhotoProblem, PhotoState
from recalldesk.recalls.models import Recall
from tests.evidence.plain_jpeg import beside_the_picture

PIECE = 64 * 1024
MOST_TRIES = 5
"""A job is tried again for ever; whatever is not settled after so many has no outcome."""


class Tally:
    """What became of the files."""

    def __init__(self) -> None:
        self.answers: Counter[str] = Counter()
        self.uploads = self.crashes = self.unanswered = self.not_plain = self.too_large = 0

    def add(self, content: bytes) -> None:
        """Sends one file, and sees what comes of it."""
        self.uploads += 1
        try:
            photo = _sent(content)
            _look_after(photo)
        except PhotoRefused as refused:
            self.answers[refused.kind] += 1
            self.unanswered += refused.kind not in words.REFUSALS
        except Exception as error:  # what is counted here must be none
            print(type(error).__name__, error, file=sys.stderr)
            self.crashes += 1
        else:
            self._settled(photo)

    def _settled(self, photo: Photo) -> None:
        if photo.state == PhotoState.CLEAN:
            picture = reads.picture_bytes(photo)
            self.not_plain += bool(beside_the_picture(picture))
            self.too_large += max(photo.width or 0, photo.height or 0) > LONGEST_SIDE
            self.answers["clean"] += 1
        elif photo.state == PhotoState.UNUSABLE and PhotoProblem(photo.problem) in words.PROBLEMS:
            self.answers[photo.problem] += 1
        else:
            self.unanswered += 1


def _pieces(content: bytes) -> Iterator[bytes]:
    return (content[place : place + PIECE] for place in range(0, len(content), PIECE))


def _set() -> EvidenceSet:
    """A set of its own for each, so that none is full or knows the bytes already."""
    recall, _ = Recall.objects.get_or_create(slug="bench-photos")
    return actions.new_evidence_set(recall=recall)


def _sent(content: bytes) -> Photo:
    return actions.receive_photo(evidence_set=_set(), kind=PhotoKind.LABEL, chunks=_pieces(content))


def _look_after(photo: Photo) -> None:
    for _ in range(MOST_TRIES):
        try:
            looking_after.look_after(photo.pk)
        except CleaningDied:
            continue
        break
    photo.refresh_from_db()


def _cpu(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def _both() -> float:
    return _cpu(resource.RUSAGE_SELF) + _cpu(resource.RUSAGE_CHILDREN)


def _timed(file: Path, rounds: int) -> dict[str, float]:
    """Processor seconds of one photo: in all, and of the process that decodes."""
    content, times = file.read_bytes(), list[tuple[float, float]]()
    for _ in range(rounds):
        whole, decoding = _both(), _cpu(resource.RUSAGE_CHILDREN)
        photo = _sent(content)
        _look_after(photo)
        if photo.state != PhotoState.CLEAN:
            raise SystemExit(f"a sound photo became {photo.state} {photo.problem}")
        times.append((_both() - whole, _cpu(resource.RUSAGE_CHILDREN) - decoding))
    all_of_it, decoding_it = zip(*times, strict=True)
    return {"all": statistics.median(all_of_it), "decoding": statistics.median(decoding_it)}


def main(folder: Path, rounds: int) -> None:
    """All of it, told as one line."""
    call_command("migrate", verbosity=0, interactive=False)
    measured, tally = Measured(), Tally()
    files = sorted((folder / "hostile").iterdir())
    before = _both()
    for file in files:
        tally.add(file.read_bytes())
    hostile_seconds = _both() - before
    for file in sorted((folder / "largest").iterdir()):
        tally.add(file.read_bytes())
    twelve = {file.name: _timed(file, rounds) for file in sorted((folder / "twelve").iterdir())}
    unit = 1 if sys.platform == "darwin" else 1024
    measured.tell(
        uploads=tally.uploads,
        answers=tally.answers,
        crashes=tally.crashes,
        unanswered=tally.unanswered,
        not_plain=tally.not_plain,
        too_large=tally.too_large,
        decoding_mebibytes=resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit / MEBIBYTE,
        seconds_for_a_hostile_one=hostile_seconds / len(files),
        seconds_for_12_megapixels=twelve,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
