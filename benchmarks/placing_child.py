"""A worker that places what is due, or the same calls to the provider in a bare loop.

Says `ready`, begins when it is given a line, and ends with what it did.
"""

import json
import sys
import time
import uuid

import django

django.setup()

from django.conf import settings

from recalldesk.remedies.placing.due import place_due
from recalldesk.remedies.providers.tremendous.asking import order_for
from recalldesk.remedies.providers.tremendous.configured import tremendous_client
from recalldesk.remedies.providers.web import Answered
from tests.remedies.wanted import a_card


def place(count: int) -> int:
    """Places what is due, at most so many, as the worker's job does."""
    return place_due(most=count)


def bare(count: int) -> int:
    """Orders so many cards, with nothing around the calls."""
    client = tremendous_client(settings.TREMENDOUS_ADDRESS, settings.TREMENDOUS_KEY)
    for _ in range(count):
        body = order_for(a_card(id=uuid.uuid4()), "balance")
        if not isinstance(client.ask("POST", "/orders", body=body), Answered):
            raise SystemExit("the provider that answers at once did not")
    return count


if __name__ == "__main__":
    mode, most = {"place": place, "bare": bare}[sys.argv[1]], int(sys.argv[2])
    print("ready", flush=True)
    sys.stdin.readline()
    began = time.time()
    done = mode(most)
    print(json.dumps({"done": done, "began": began, "ended": time.time()}), flush=True)
