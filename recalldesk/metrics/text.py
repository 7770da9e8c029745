"""All figures as one text, in the form that Prometheus reads (0.0.4).

Guarantee: each line is one of `figures.ALL`, or made by prometheus-client from it.
"""

import importlib.metadata
from collections.abc import Iterable, Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from recalldesk.metrics import figures
from recalldesk.metrics.registry import of_this_machine
from recalldesk.metrics.rows import Value, from_disks, from_rows


class _Asked(Collector):
    """What was asked for this one text."""

    def __init__(self, values: Iterable[Value]) -> None:
        self._values = tuple(values)

    def collect(self) -> Iterator[Metric]:
        """Each figure with its values."""
        for figure in figures.ALL:
            values = [(words, value) for named, words, value in self._values if named is figure]
            if values:
                family = GaugeMetricFamily(figure.name, figure.meaning, labels=figure.labels)
                for words, value in values:
                    family.add_metric(words, value)
                yield family


def text(*, of_processes: bool = True) -> bytes:
    """The figures of rows and disks, and what the web processes of this machine counted."""
    asked = CollectorRegistry()
    version = importlib.metadata.version("recalldesk")
    asked.register(_Asked(((figures.BUILD, (version,), 1.0), *from_disks(), *from_rows())))
    said = generate_latest(asked)
    return said + generate_latest(of_this_machine()) if of_processes else said
