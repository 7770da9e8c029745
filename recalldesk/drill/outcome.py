"""What came of a drill, counted: from its own truth, the providers' ledgers and the rows."""

from dataclasses import asdict, dataclass, field, fields
from typing import Any


@dataclass
class Promises:
    """`honest`: claims of honest owners; `paid_once`, `paid_twice`, `unpaid` of them; `still_open`:
    their remedies were under way when the drill ended;
    `waiting`: those that wait for their owner or a person, with a reason; `dishonest`: claims;
    `shown_to_a_person` of them; `dishonest_paid`; `told_not_in_recall`: owners of recalled units
    who were told that theirs is not; `not_recalled` units and of them `told_affected`."""

    honest: int = 0
    paid_once: int = 0
    paid_twice: int = 0
    unpaid: int = 0
    still_open: int = 0
    waiting: int = 0
    dishonest: int = 0
    shown_to_a_person: int = 0
    dishonest_paid: int = 0
    checks_of_recalled: int = 0
    told_not_in_recall: int = 0
    not_recalled: int = 0
    told_affected: int = 0
    lost: int = 0
    why_lost: dict[str, int] = field(default_factory=dict)
    why_open: dict[str, int] = field(default_factory=dict)
    log_faults: int = 0


@dataclass
class Capacity:
    """Measured on this machine, in real seconds. `a_claim_takes`, `a_photo_takes`: processor
    seconds of web server and database, and of workers, where the system says them."""

    checks_a_second: float = 0.0
    slow_check_ms: float = 0.0
    failed_checks: int = 0
    claims: int = 0
    claims_seconds: float = 0.0
    a_claim_takes: float | None = None
    photos: int = 0
    photos_seconds: float = 0.0
    a_photo_takes: float | None = None
    processors: int = 1

    @property
    def claims_an_hour(self) -> float:
        """Filed in an hour, were all processors free for them; else at the pace of the drill."""
        if self.a_claim_takes:
            return 3600 * self.processors / self.a_claim_takes
        return 3600 * self.claims / self.claims_seconds if self.claims_seconds else 0.0

    @property
    def photos_an_hour(self) -> float:
        """Read in an hour, were all processors free for them; else at the pace of the drill."""
        if self.a_photo_takes:
            return 3600 * self.processors / self.a_photo_takes
        return 3600 * self.photos / self.photos_seconds if self.photos_seconds else 0.0


@dataclass
class Outcome:
    """All of it. `days`: from claim to delivery, on the drill's clock, of each remedy, in days, in
    order; `to_a_person`: claims that came before a person; `by_rule`: that the rule approved;
    `usual`: claims whose owners the drill itself did not keep from sending photos, and of them
    `usual_to_a_person`; `corrected_in_report`: units, as the progress report at the end counts
    them; `got_rid`: what owners told of their units; `by_remedy`: how many came to their owners of
    each remedy of the recall."""

    owners: int = 0
    filed: int = 0
    by_rule: int = 0
    to_a_person: int = 0
    usual: int = 0
    usual_to_a_person: int = 0
    days: list[float] = field(default_factory=list)
    promises: Promises = field(default_factory=Promises)
    capacity: Capacity = field(default_factory=Capacity)
    wave: dict[str, Any] = field(default_factory=dict)
    incidents_told: int = 0
    incidents_kept: int = 0
    incident_letters: int = 0
    got_rid: dict[str, int] = field(default_factory=dict)
    by_remedy: dict[str, int] = field(default_factory=dict)
    desk: dict[str, int] = field(default_factory=dict)
    desk_problems: dict[str, int] = field(default_factory=dict)
    delivered: int = 0
    corrected_in_report: int = 0
    seconds: float = 0.0

    def stored(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)

    @classmethod
    def from_stored(cls, stored: dict[str, Any]) -> "Outcome":
        """What `stored` wrote."""
        known = {each.name: stored[each.name] for each in fields(cls)}
        known["promises"] = Promises(**known["promises"])
        known["capacity"] = Capacity(**known["capacity"])
        return cls(**known)
