"""How a letter to one person is laid out, as text and as HTML, from the same words.

Guarantee: both say the same; the HTML loads nothing from anywhere, so that no opening is seen.
"""

from dataclasses import dataclass
from textwrap import fill

from django.template.loader import render_to_string

WIDTH = 72


@dataclass(frozen=True)
class Letter:
    """`paragraphs` come before the button, `points` and `closing` after it."""

    subject: str
    language: str
    signed: str
    paragraphs: tuple[str, ...]
    button: tuple[str, str] | None = None
    points: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    is_right_to_left: bool = False

    @property
    def text(self) -> str:
        """As plain text; addresses stand on lines of their own, unbroken."""
        parts = [_wrapped(paragraph) for paragraph in self.paragraphs]
        if self.button:
            parts.append(f"{self.button[0]}:\n{self.button[1]}")
        if self.points:
            parts.append(
                "\n".join(
                    fill(
                        p,
                        WIDTH,
                        initial_indent="- ",
                        subsequent_indent="  ",
                        break_long_words=False,
                    )
                    for p in self.points
                )
            )
        parts += [_wrapped(paragraph) for paragraph in self.closing]
        parts.append(self.signed)
        return "\n\n".join(parts) + "\n"

    @property
    def html(self) -> str:
        """As HTML."""
        return render_to_string("mailing/letter.html", {"letter": self})


def _wrapped(paragraph: str) -> str:
    return fill(paragraph, WIDTH, break_long_words=False, break_on_hyphens=False)
