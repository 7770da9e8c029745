"""What goes wrong with the queue's views and exports."""

from recalldesk.foundation.problem import Problem


class NoReasonForExport(Problem):
    """Somebody takes a list without saying what for."""

    def __init__(self) -> None:
        super().__init__("A list is handed out for a reason.", "Say what it is for.")


class NoColumns(Problem):
    """Somebody takes a list with nothing in it."""

    def __init__(self) -> None:
        super().__init__("No column is chosen.", "Choose at least one.")


class TooManyForWorkbook(Problem):
    """Somebody takes more rows as a workbook than one is written of while they wait."""

    def __init__(self, most: int) -> None:
        super().__init__(
            f"A workbook holds up to {most:,} rows, and these are more.",
            "Take them as CSV, or narrow the list.",
        )


class ViewNotSaved(Problem):
    """A list cannot be kept under this name."""
