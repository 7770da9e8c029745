"""The table of the cells of the progress report, and the sections of the summaries."""

from docs_parts.blocks import table
from recalldesk.reports.progress.cells.every import FIGURES
from recalldesk.reports.progress.cells.publicity import NETWORKS


def progress_figures() -> str:
    """Every figure of the report: where it stands, its name, what is counted."""
    of_networks = frozenset(figure.name for figure in NETWORKS.values())
    rows = [
        (
            figure.section.value + (", beside the form" if figure.is_beside else ""),
            figure.title,
            f"`{figure.name}`",
            figure.says,
        )
        for figure in FIGURES
        if figure.name not in of_networks
    ]
    first = next(iter(NETWORKS.values()))
    rows.append((first.section.value, "Posts on each network", "`posts-…`", first.says))
    return table(("section", "figure", "name", "what is counted"), rows)
