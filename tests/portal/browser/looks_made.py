"""Second looks by photo in every state, made in the desk's process; what was read is made up."""

import json
from pathlib import Path

from recalldesk.checks import photo_looks
from recalldesk.checks.photo_looks import begin_look, take_reading
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import PhotoKind, PhotoProblem
from recalldesk.reading.seen import LabelReading
from recalldesk.recalls.models import Recall
from recalldesk.units.checking import check_serial
from tests.labels import candidate, label
from tests.portal.published import serials_in
from tests.reading_rows import of_no_use, read_as

FILE = "looks.json"
PAGE = {"model": "A1263", "recall": "anker-a1263", "brand": "anker"}


def make_looks(folder: Path) -> None:
    """Writes the token of each look to a file in the folder."""
    serials = set(serials_in(folder, "a1263"))
    recalled = serials_in(folder, "a1263")[0]
    text, other = [t for c in "CEFHJKMN" if (t := recalled[:-1] + c) not in serials][:2]
    readings: dict[str, LabelReading] = {
        "unreadable": label(),
        "unclear": label(candidate(text, [4, 11])),
        "otherwise": label(candidate(other)),
        "settled": label(candidate(text)),
        "affected": label(candidate(recalled)),
        "person": label(candidate(text), lines=[recalled]),
    }
    tokens = {name: _look(text, reading) for name, reading in readings.items()}
    tokens["before a text"] = _look("", label(candidate(text)))
    tokens["before a text, unreadable"] = _look("", label())
    tokens["no use"] = _look(text, PhotoProblem.NOT_A_PICTURE)
    tokens["waiting"] = _look(text, None)
    (folder / FILE).write_text(json.dumps(tokens), encoding="utf-8")


def _look(text: str, came: LabelReading | PhotoProblem | None) -> str:
    """The token of a look whose photo came to this; None: none came yet."""
    recall = Recall.objects.get(slug=PAGE["recall"])
    typed = {"serial": text, "second_look": check_serial(text).second_look} if text else {}
    fields = {**typed, **PAGE}
    look, token = begin_look(recall=recall, fields=fields)
    photo_looks.admit_look(look=look)
    if came is not None:
        photo = Photo.objects.create(
            evidence_set=look.evidence_set, kind=PhotoKind.LABEL, original_bytes=1
        )
        if isinstance(came, PhotoProblem):
            of_no_use(photo, came)
        else:
            read_as(photo, came)
        take_reading(evidence_set_id=look.evidence_set_id)
    return token
