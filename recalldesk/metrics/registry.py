"""The counts of this process, in prometheus-client's own form; and of all of this machine.

Import it late: `processes.share` must have been there before, where processes count together.
"""

import os
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics
from prometheus_client.multiprocess import MultiProcessCollector

from recalldesk.metrics import figures
from recalldesk.metrics.processes import FOLDER, sweep_gauges

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
OF_THIS_PROCESS = CollectorRegistry()
# When a count began is told by none of our figures: where processes count together it is unknown.
disable_created_metrics()  # type: ignore[no-untyped-call]

ANSWERS = Counter(
    figures.ANSWERS.name.removesuffix("_total"),
    figures.ANSWERS.meaning,
    figures.ANSWERS.labels,
    registry=OF_THIS_PROCESS,
)
ANSWER_SECONDS = Histogram(
    figures.ANSWER_SECONDS.name,
    figures.ANSWER_SECONDS.meaning,
    figures.ANSWER_SECONDS.labels,
    buckets=SECONDS,
    registry=OF_THIS_PROCESS,
)
INDEX_AT = Gauge(
    figures.INDEX_AT.name,
    figures.INDEX_AT.meaning,
    multiprocess_mode="livemin",
    registry=OF_THIS_PROCESS,
)


def of_this_machine() -> CollectorRegistry:
    """What all web processes counted together; this one alone where it shares with none."""
    folder = os.environ.get(FOLDER)
    if not folder:
        return OF_THIS_PROCESS
    sweep_gauges(Path(folder))
    registry = CollectorRegistry()
    MultiProcessCollector(registry, folder)  # type: ignore[no-untyped-call]
    return registry
