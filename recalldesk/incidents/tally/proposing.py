"""Where the notice says something else than the tally, a new version is written, to be read.

Guarantees: only the figures that count incidents, their day and source, and the day up to which
incidents are counted are changed, in the recall's one file; nothing is published by it: it waits
for approval and publication like all that is written; what is written is what was shown.
"""

import hashlib
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from pydantic import ValidationError

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.foundation import clock
from recalldesk.foundation.problem import Problem
from recalldesk.incidents.tally.compared import Compared, compared
from recalldesk.incidents.tally.counting import Tally
from recalldesk.incidents.tally.reads import tally_of
from recalldesk.recalls.document.parts import Figure as NoticeFigure
from recalldesk.recalls.editing.shape import is_headed
from recalldesk.recalls.editing.splicing import edited
from recalldesk.recalls.keeping import Kept, WrittenFile, keep_text, written_file
from recalldesk.recalls.models import Recall
from recalldesk.recalls.recall_file import raw_of


class NothingToPropose(Problem):
    """No new version is written from the tally as things stand."""


@dataclass(frozen=True)
class Proposal:
    """What a new version would say otherwise than the recall's file, as it is written now. `stamp`
    tells whether either changed since."""

    figures: tuple[Compared, ...]
    stamp: str


def proposal_for(recall: Recall, tally: Tally) -> Proposal:
    """The figures of the newest file, a draft's or an unfinished one's among them, and the tally.
    Raises RecallFileProblems where the file cannot be read, RecallProblem where there is none."""
    there = _file_of(recall)
    figures = _figures_in(raw_of(there.text))
    found = tuple(compared(figures, tally))
    said = [there.digest, *(f"{each.name} {each.counted}" for each in found)]
    return Proposal(found, hashlib.sha256("\n".join(said).encode()).hexdigest())


@transaction.atomic
def propose_version(*, recall: Recall, by: Staff, stamp: str) -> Kept:
    """Writes the tally into the recall's file: a draft, or an unfinished file where something else
    has to be mended too. `stamp`: of the proposal that the person saw.

    Raises NotPermitted, NothingToPropose, RecallFileProblems, ChangedMeanwhile.
    """
    require(by, Permission.EDIT_RECALL)
    tally = tally_of(recall, by=by)
    proposal = proposal_for(recall, tally)
    if proposal.stamp != stamp:
        raise NothingToPropose(
            "The reports or the recall's file changed meanwhile.", "Look again, then propose it."
        )
    if not any(each.differs for each in proposal.figures):
        raise NothingToPropose("The recall's file says what is counted already.")
    there = _file_of(recall)
    wanted = _with_counts(raw_of(there.text), proposal, len(tally.told), clock.now().date())
    text = edited(there.text, wanted, is_headed)
    return keep_text(slug=recall.slug, text=text, seen=there.digest, by=by)


def _file_of(recall: Recall) -> WrittenFile:
    there = written_file(recall.slug)
    if there is None:
        raise NothingToPropose(f"{recall.slug} has no file yet.", "Write its recall first.")
    return there


def _figures_in(raw: dict[str, Any]) -> dict[str, NoticeFigure]:
    """The figures of a file that hold together; others are for whoever mends the file."""
    figures = raw.get("figures")
    found = {}
    for name, each in figures.items() if isinstance(figures, dict) else ():
        try:
            found[name] = NoticeFigure.model_validate(each)
        except ValidationError:
            continue
    return found


def _with_counts(raw: dict[str, Any], proposal: Proposal, reports: int, today: date) -> Any:
    wanted = deepcopy(raw)
    source = f"Recalldesk's tally of {reports} report{'' if reports == 1 else 's'}, {today}"
    for each in proposal.figures:
        wanted["figures"][each.name] |= {
            "value": _as_written(each.counted),
            "source": source,
            "as_of": today,
        }
    if isinstance(wanted.get("incidents"), dict):
        wanted["incidents"]["as_of"] = today
    return wanted


def _as_written(number: Decimal) -> int | float:
    """A number as TOML writes it."""
    return int(number) if number == int(number) else float(number)
