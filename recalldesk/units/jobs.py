"""The job that publishes. Safe to run twice: what is live stays live."""

from procrastinate.contrib.django import app

from recalldesk.jobs.waits import RETRY
from recalldesk.units.publishing import publish_as_asked


@app.task(name="units.publish", queue="publishing", retry=RETRY)
def publish(*, request_id: int) -> None:
    """Publishes a version that somebody asked to be published."""
    publish_as_asked(request_id=request_id)
