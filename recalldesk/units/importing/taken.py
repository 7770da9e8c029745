"""What became of the lines of one chunk."""

from dataclasses import dataclass, field

from recalldesk.units.states import RejectReason


@dataclass
class Taken:
    """The outcome of a chunk. `rejects` holds indexes into its lines, in their order.

    `serials` and `ranges` are taken but may still turn out to be in the list already; `repeated`
    counts ranges known to be so. `heading`, `blank` and `continued` (a row's second and further
    lines) count lines. `advice` has, by index, what may be meant by a rejected line, for the person
    who wrote it.
    """

    serials: list[str] = field(default_factory=list)
    ranges: list[tuple[str, str]] = field(default_factory=list)
    rejects: list[tuple[int, RejectReason]] = field(default_factory=list)
    advice: dict[int, str] = field(default_factory=dict)
    repeated: int = 0
    heading: int = 0
    blank: int = 0
    continued: int = 0
