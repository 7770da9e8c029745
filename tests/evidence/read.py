"""A reader that says what a test wants, in the place of the engine's process. All is made up."""

from collections.abc import Callable
from dataclasses import dataclass, field

from recalldesk.reading.asked import ExpectedMarking, LabelForm
from recalldesk.reading.seen import (
    BarCode,
    LabelReading,
    Line,
    Mark,
    MarkingReading,
    SerialCandidate,
    Source,
)

BOX = ((0.1, 0.2), (0.9, 0.2), (0.9, 0.3), (0.1, 0.3))
SERIAL = "K20MADEUP0001"
LABEL = LabelReading(
    model="K20",
    candidates=(SerialCandidate(SERIAL, 0.97, (0.97,) * len(SERIAL), (3,), Source.PRINT, BOX),),
    bar_codes=(BarCode("00012345", "EAN8", BOX),),
    lines=(Line(f"SN {SERIAL}", 0.97, (0.97,) * (len(SERIAL) + 3), BOX, 90),),
)
MARKING = MarkingReading(
    word=Mark(0.98, is_verified=True),
    code=Mark(0.4, is_verified=False),
    lines=(Line("RECALLED", 0.9, (0.9,) * 8, BOX),),
)


@dataclass
class MadeUpReader:
    """Keeps what it was asked. `before` runs while the photo is read, and may raise."""

    before: Callable[[], object] = lambda: None
    asked: list[tuple[bytes, LabelForm | ExpectedMarking]] = field(default_factory=list)

    def read_label(self, jpeg: bytes, form: LabelForm) -> LabelReading:
        """A made-up label."""
        self.asked.append((jpeg, form))
        self.before()
        return LABEL

    def verify_marking(self, jpeg: bytes, expected: ExpectedMarking) -> MarkingReading:
        """A made-up marking."""
        self.asked.append((jpeg, expected))
        self.before()
        return MARKING
