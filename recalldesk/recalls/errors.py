"""What can go wrong with a recall: each problem says what happened and what to do about it."""

import dataclasses
from dataclasses import dataclass

from recalldesk.foundation.problem import Problem


class RecallProblem(Problem):
    """Something about a recall that a person must mend; `hint` says how."""


@dataclass(frozen=True, order=True)
class FileProblem:
    """One thing that is wrong in a recall file. `line` counts from 1; `field` may be empty.

    `field` is `path` as people read it; both are empty where the text is no TOML.
    """

    line: int
    field: str
    message: str
    path: tuple[str | int, ...] = dataclasses.field(default=(), compare=False)

    def __str__(self) -> str:
        place = f"line {self.line}, {self.field}" if self.field else f"line {self.line}"
        return f"{place}: {self.message}"


class RecallFileProblems(RecallProblem):
    """What is wrong in a recall file, in the order of its lines; `is_all`: nothing hides more."""

    def __init__(self, problems: tuple[FileProblem, ...], *, is_all: bool = True) -> None:
        count = len(problems)
        those = "this one is" if count == 1 else "these are"
        super().__init__(
            f"The recall file has {count} problem{'' if count == 1 else 's'}.",
            "Mend the lines named and apply it again; nothing was changed."
            + ("" if is_all else f" More is checked once {those} mended."),
        )
        self.problems, self.is_all = problems, is_all


class NotARecallName(RecallProblem):
    """A name that cannot stand in an address."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name!r} cannot be the name of a recall.",
            "Use at most 60 small letters, digits and single hyphens, such as kettle-k20; "
            "`new` is an address of the desk.",
        )


class NameTaken(RecallProblem):
    """There is a recall of that name."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"There is a recall {slug!r} already.", "Give it another name.")
