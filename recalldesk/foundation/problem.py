"""The common base of all that can go wrong in a way a person can mend.

Guarantee: a message that says what is wrong, a hint that says what to do, and neither holds a
secret or personal data. Surfaces turn families of it into their own form in one place.
"""


class Problem(Exception):
    """`message` says what is wrong; `hint` says what to do, or is empty."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()
