"""The `recalldesk` command, also as `python -m recalldesk`.

Little is imported before Ctrl-C is seen to: the rest takes half a second.
"""

import sys

from recalldesk.cli import ctrl_c


def run() -> None:
    """The console script."""
    ctrl_c.ends_at_once()
    from recalldesk.cli import main

    try:
        main.run()
    except KeyboardInterrupt:
        sys.exit(ctrl_c.ENDED)
    finally:
        ctrl_c.is_ignored()


if __name__ == "__main__":
    run()
