"""A program: serves the examples until it is ended. What it is given: folder, port, and its kind.

`publishing` first publishes them into an empty database; `stale` serves what another published,
with an index that never counts as fresh; `cut-off` serves without a database.
"""

import signal
import sys
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import django
from django.core.management import call_command


def _publish(folder: Path) -> None:
    call_command("migrate", verbosity=0, interactive=False)

    from django.db import connections

    from recalldesk.demo.sites import bring_sites
    from tests.portal.browser.claims_made import make_claims
    from tests.portal.browser.looks_made import make_looks
    from tests.portal.browser.partners_made import make_partners
    from tests.portal.browser.told_made import make_notices
    from tests.portal.published import EXAMPLES, VEHICLES, firm, publish_again, publish_examples

    publish_examples(folder)
    publish_again(folder, VEHICLES, ("leaks = { value = 6,", "leaks = { value = 9,"))
    make_claims(folder)
    make_looks(folder)
    make_notices(folder)
    make_partners(folder)
    bring_sites(examples=EXAMPLES, by=firm(folder).author)
    _send_a_mail()
    connections.close_all()


def _send_a_mail() -> None:
    """For the page that shows what a demo has sent. Everything in it is made up."""
    from recalldesk.mailing.content import Content
    from recalldesk.mailing.letters import send_letter

    written = Content(
        subject="Your claim 4829-1375",
        text="Come back here:\nhttps://recall.example/en/come-back\n\nThank you.",
        sender="Tidewater <recall@example.com>",
        language="en",
    )
    send_letter(random_id=uuid4(), to="olga@home.example", content=written)


def main(folder: Path, port: int, kind: str = "publishing") -> None:
    """Serves with one worker."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    django.setup()
    if kind == "publishing":
        _publish(folder)
    if kind == "stale":
        from django.conf import settings

        settings.INDEX_STALE_AFTER = timedelta(seconds=-1)

    from recalldesk.cli.serve import serve

    serve(port=port, workers=1, jobs=kind == "publishing")


if __name__ == "__main__":
    import os

    os.environ["DJANGO_SETTINGS_MODULE"] = "recalldesk.config.settings"
    main(Path(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
