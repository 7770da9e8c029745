"""A program: what happens to a served desk's claims while nobody looks.

`told`: eleven minutes pass and owners are told. `letter REFERENCE`: the path of the link in the
letter that its owner got last is printed. `remedied REFERENCE STATE`: the worker does what is due
until the claim is there, and the last letter is printed. `one_byte REFERENCE`: somebody changes the
log behind the program's back; the number of the row is printed.
"""

import os
import re
import sys


def told() -> None:
    """The jobs of decisions, as they run when they can be undone no more."""
    from datetime import timedelta

    import time_machine
    from django.db import transaction

    from recalldesk.foundation import clock
    from tests.worked import run_jobs

    with time_machine.travel(clock.now() + timedelta(minutes=11), tick=False), transaction.atomic():
        run_jobs(tasks=["claims.tell_decision"], also_later=True)


def letter(reference: str) -> None:
    """What the owner finds in their mail."""
    found = re.search(r"https?://[^/\s]+(/\w\w/claims/link/[\w-]+)", last_letter(reference))
    assert found, "no link was written"
    sys.stdout.write(f"{found.group(1)}\n")


def remedied(reference: str, state: str) -> None:
    """Orders are placed and read again, as news of them come in, once nothing can be undone."""
    from datetime import timedelta

    import time_machine

    from recalldesk.claims.models import Claim
    from recalldesk.claims.remedying.ordering import order_due
    from recalldesk.foundation import clock
    from recalldesk.remedies.placing.due import place_due
    from tests.programs import comes_true
    from tests.worked import run_jobs

    mine = Claim.objects.filter(filing__reference=reference, position=1)

    def is_there() -> bool:
        order_due()
        place_due()
        run_jobs(tasks=["remedies.follow_hint", "remedies.look_at", "claims.remedy_news"])
        return mine.get().state == state

    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        assert comes_true(is_there), f"{reference} is {mine.get().state}, and not {state}"
    sys.stdout.write(last_letter(reference))


def last_letter(reference: str) -> str:
    """The text of what its owner was written last."""
    from recalldesk.claims.models import Filing
    from recalldesk.mailing.content import content_of
    from recalldesk.mailing.models import Mailing

    filing = Filing.objects.get(reference=reference)
    return content_of(Mailing.objects.filter(filing_id=filing.pk).latest("pk")).text


def one_byte(reference: str) -> None:
    """Another letter in one row of the log."""
    from recalldesk.audit.models import StateChange
    from recalldesk.claims.models import Claim
    from tests.audit.written import behind_the_back

    claim = Claim.objects.get(filing__reference=reference, position=1)
    row = StateChange.objects.filter(subject="claim", subject_id=claim.pk, to_state="declined")
    number = row.values_list("pk", flat=True)[0]
    with behind_the_back() as cursor:
        change = "UPDATE audit_statechange SET to_state = 'declinee' WHERE id = %s"
        cursor.execute(change, [number])
    sys.stdout.write(f"{number}\n")


DOES = {"told": told, "letter": letter, "remedied": remedied, "one_byte": one_byte}


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "recalldesk.config.settings"
    import django

    django.setup()
    DOES[sys.argv[1]](*sys.argv[2:])  # type: ignore[operator]  # each takes what it is given
