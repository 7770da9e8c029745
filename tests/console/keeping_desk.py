"""A program: serves a desk with holds, terms and erasures until it is ended. What it is given:
folder and port.

All of it is made up. A session of a recall manager lies in the folder, and what opens the claim of
an owner who asked to be erased.
"""

import json
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path

SESSION, OWNER = "session", "owner"


def _make(folder: Path) -> None:
    import time_machine
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections
    from django.test import Client, override_settings

    from recalldesk.accounts.permissions import Role
    from recalldesk.claims.access import issue_pass
    from recalldesk.claims.erasing import erase_filing
    from recalldesk.claims.following import withdraw_filing
    from recalldesk.foundation import clock
    from recalldesk.keeping.early import agree, ask_early
    from recalldesk.keeping.kinds import Kind
    from recalldesk.keeping.states import Thing
    from recalldesk.keeping.things import thing_at
    from tests.at_the_desk import sign_in, staff
    from tests.cast import SERIALS, Desk, make_cast
    from tests.claims.conftest import photos_at
    from tests.claims.owner import OLGA, PAVEL, fresh_pass, text_with_all_remedies
    from tests.keeping.kept import all_held, held, mario, mona, term

    call_command("migrate", verbosity=0, interactive=False)
    Desk(make_cast(), folder).published(text_with_all_remedies())
    with override_settings(STORAGES=photos_at(folder / "photos")):
        filings = []
        for place, serial in enumerate(SERIALS[:3]):
            with time_machine.travel(clock.now() - timedelta(days=400)):
                filing = (PAVEL if place else OLGA).files(serial)
                withdraw_filing(filing_id=filing.pk)
                filings.append(filing)
        held(Thing.FILING, filings[0].pk)
        erase_filing(opened=fresh_pass(filings[0]))
        first = filings[0]
        opens = {"key": first.key, "pass": issue_pass(filing=first), "reference": first.reference}
        (folder / OWNER).write_text(json.dumps(opens))
        all_held(country="US", kind=Kind.ORDER_FILES)
        term(Kind.OWNER, 410, country="US", of_every_recall=False)
        for filing in filings[1:]:
            found = thing_at(Thing.FILING, filing.pk)
            assert found
            reason = "Filed under a made-up name."
            asked = ask_early(thing=Thing.FILING, found=found, reason=reason, by=mona())
        agree(number=asked.pk, reason="Seen, and so it is.", by=mario())
    client = sign_in(Client(), staff(Role.RECALL_MANAGER, name="Mia Manager"))
    (folder / SESSION).write_text(client.cookies[settings.SESSION_COOKIE_NAME].value)
    connections.close_all()


def main(folder: Path, port: int) -> None:
    """Serves with one worker."""
    import django

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    django.setup()
    _make(folder)

    from recalldesk.cli.serve import serve

    serve(port=port, workers=1, jobs=False)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "recalldesk.config.settings"
    main(Path(sys.argv[1]), int(sys.argv[2]))
