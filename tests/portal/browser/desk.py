"""A program: publishes the examples into an empty database and serves them until it is ended."""

import signal
import sys
from pathlib import Path

import django
from django.core.management import call_command


def main(folder: Path, port: int) -> None:
    """Publishes once, then serves with one worker."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)

    from django.db import connections

    from recalldesk.cli.serve import serve
    from tests.portal.published import publish_examples

    publish_examples(folder)
    connections.close_all()
    serve(port=port, workers=1)


if __name__ == "__main__":
    import os

    os.environ["DJANGO_SETTINGS_MODULE"] = "recalldesk.config.settings"
    main(Path(sys.argv[1]), int(sys.argv[2]))
