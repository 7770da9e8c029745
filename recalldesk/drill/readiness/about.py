"""What a point is judged by: the recall, the installation's findings, the drill."""

from dataclasses import dataclass, field
from datetime import datetime

from recalldesk.drill.launch_day import LaunchDay
from recalldesk.drill.outcome import Outcome
from recalldesk.drill.wanted import Wanted
from recalldesk.operating.doctor.findings import Finding
from recalldesk.recalls.document import Document
from recalldesk.recalls.models import Recall


@dataclass(frozen=True)
class About:
    """All of it. `recall`: None where a recall file was drilled that is in no installation;
    `findings`: the doctor's, once asked."""

    document: Document
    recall: Recall | None
    launch: LaunchDay
    wanted: Wanted
    outcome: Outcome
    now: datetime
    findings: tuple[Finding, ...] = field(default=())

    def found(self, *numbers: str) -> list[Finding]:
        """The doctor's findings of these ids."""
        return [each for each in self.findings if each.id in numbers]
