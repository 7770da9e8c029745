"""The door for a WSGI server: the lane for checks, and Django behind it.

Guarantee: whoever sends too slowly is given up, in either.
"""

import os
from collections.abc import Callable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recalldesk.config.settings")

from django.core.wsgi import get_wsgi_application

from recalldesk.foundation.paced_body import paced
from recalldesk.metrics.processes import counted


def with_lane(behind: Callable[..., Any]) -> Callable[..., Any]:
    """The application with the fast path before it. Django is set up by then."""
    from django.urls import reverse

    from recalldesk.config.middleware import HEADERS, body_slots
    from recalldesk.lane.lane import Lane

    return Lane(behind, path=reverse("api:check"), headers=HEADERS, body_slots=body_slots)


django_alone = get_wsgi_application()
lane_first = with_lane(counted(django_alone))
application = paced(lane_first)
