"""By which terms the demo's recalls differ from the files of the examples, and its pictures.

Guarantee: nothing waits before it is ordered, where a file says nothing (which means a week); one
that says how claims are reviewed keeps its own terms.
"""

import tomllib

from recalldesk.demo.pictures import with_pictures

NO_WAIT = """
# The demo's own: whoever tries it need not wait a week. Leave this out for real owners.
[review]
wait_before_order_days = 0
"""


def text_for_demo(text: str) -> str:
    """The text of a recall file as the demo publishes it."""
    text = with_pictures(text)
    return text if "review" in tomllib.loads(text) else f"{text.rstrip()}\n{NO_WAIT}"
