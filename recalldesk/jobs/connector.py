"""How a worker speaks to the database.

Guarantee: what a job defers commits, or not, with what the job writes. Procrastinate's own worker
would defer it by a connection of the worker's, at once and for good.
"""

import asyncio
from typing import Any

from procrastinate import PsycopgConnector
from procrastinate.connector import BaseConnector
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.utils import connector_params


class WorkerConnector(PsycopgConnector):
    """The worker's own questions go through a pool, those of its jobs through Django."""

    def __init__(self, *, most: int) -> None:
        super().__init__(kwargs=_parameters, min_size=1, max_size=most, timeout=10)
        self._of_jobs = DjangoConnector()

    def get_sync_connector(self) -> BaseConnector:
        """What a job uses, in its own thread."""
        return self._of_jobs


async def _parameters() -> dict[str, Any]:
    """Asked for each new connection: an embedded server that was killed is started again by it."""
    return await asyncio.to_thread(connector_params)
