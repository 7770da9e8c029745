"""Reports of a file on their way into the incidents, and what of them is new.

Guarantees: a report is known by its number, and comes in once; one that comes again changes
nothing, and where it says something else, that is told; since when the firm knows is the moment of
the import, by the server's clock; one that the authority has already is kept as decided.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from recalldesk.accounts.models import Staff
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Subject
from recalldesk.incidents.importing.rows import Report
from recalldesk.incidents.models import Incident
from recalldesk.incidents.states import IncidentSource, IncidentState
from recalldesk.incidents.story import damaged_of, hurt_of, keep_story
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields_of_rows import opened

LANGUAGE = "en"
"""In which files are written, as far as anybody says."""


@dataclass(frozen=True)
class Differing:
    """A report that is known and says something else now. `what`: of what, in words."""

    line: int
    incident: int
    what: tuple[str, ...]


class Storing:
    """What a file brings. `accepted`: how many reports were new; `differing`: of those that were
    not, which say something else."""

    def __init__(self, recall: Recall, by: Staff, at: datetime) -> None:
        self.accepted = 0
        self.incidents: list[int] = []
        self.differing: list[Differing] = []
        self._recall, self._by, self._at = recall, by, at
        rows = Incident.objects.filter(recall=recall).exclude(outside_number="")
        self._known = dict(rows.values_list("outside_number", "pk"))

    def add(self, reports: Iterable[tuple[int, Report]]) -> None:
        """Keeps what is new of these reports, each with its line."""
        for line, report in reports:
            known = self._known.get(report.number)
            if known is None:
                incident = self._kept(line, report)
                self._known[report.number] = incident.pk
                self.incidents.append(incident.pk)
                self.accepted += 1
            elif what := _otherwise(Incident.objects.get(pk=known), report):
                self.differing.append(Differing(line, known, what))

    def _kept(self, line: int, report: Report) -> Incident:
        incident = Incident(
            recall=self._recall,
            source=IncidentSource.FILE,
            language=LANGUAGE,
            obtained_at=self._at,
            outside_number=report.number,
            told_on=report.told_on,
            nothing_happened=report.nothing_happened,
            line=line,
        )
        incident.save(force_insert=True)
        keep_story(incident, report.story)
        self._log(incident, "", IncidentState.OBTAINED)
        if report.reported_at is not None:
            self._reported(incident, report)
        return incident

    def _reported(self, incident: Incident, report: Report) -> None:
        """Keeps that the authority has it. Comes after the story: what is told of an incident that
        is decided is news, and what the file tells is none."""
        incident.state = IncidentState.FILED
        incident.decided_at, incident.decided_by = self._at, self._by
        incident.authority_reference = report.authority_reference
        incident.reported_at = report.reported_at
        incident.save(
            update_fields=[
                "state",
                "decided_at",
                "decided_by",
                "authority_reference",
                "reported_at",
            ]
        )
        self._log(incident, IncidentState.OBTAINED, IncidentState.FILED)

    def _log(self, incident: Incident, before: str, to: str) -> None:
        record_change(
            subject=Subject.INCIDENT,
            subject_id=incident.pk,
            from_state=before,
            to_state=to,
            actor_id=self._by.pk,
            recall_id=self._recall.pk,
        )


def _otherwise(incident: Incident, report: Report) -> tuple[str, ...]:
    """Of what a report says something that is not kept. What the desk learned since and the file
    does not say is no difference."""
    story = report.story
    told = {
        "what was told": story.account and story.account not in opened(incident, "sealed_account"),
        "what happened": story.happened and story.happened != incident.happened,
        "the day of the incident": story.happened_on and story.happened_on != incident.happened_on,
        "the day of the report": report.told_on and report.told_on != incident.told_on,
        "who was hurt": story.hurt
        and sorted(map(_by_care, story.hurt)) != sorted(map(_by_care, hurt_of(incident))),
        "what was damaged": story.damaged and set(story.damaged) - set(damaged_of(incident)),
        "the serial": story.serial and story.serial != opened(incident, "sealed_serial"),
        "when it was reported": report.reported_at and report.reported_at != incident.reported_at,
    }
    return tuple(what for what, differs in told.items() if differs)


def _by_care(hurt: object) -> str:
    return str(getattr(hurt, "care", ""))
