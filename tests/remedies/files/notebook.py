"""A notebook that a test can read."""

from dataclasses import dataclass, field


@dataclass
class PlainNotebook:
    """Keeps what it is told."""

    reference: str = ""
    lines: list[str] = field(default_factory=list)

    def remember(self, reference: str) -> None:
        self.reference = reference

    def sent(self, text: str) -> None:
        self.lines.append(text)

    def answered(self, text: str) -> None:
        self.lines.append(text)
