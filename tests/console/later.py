"""A program: what happens to a served desk's claims while nobody looks.

`told`: eleven minutes pass and owners are told. `appeals REFERENCE`: its owner asks for another
person. `one_byte REFERENCE`: somebody changes the log behind the program's back;
the number of the row is printed.
"""

import os
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


def appeals(reference: str) -> None:
    """What the owner does on the page of the claim."""
    from recalldesk.claims.following import appeal
    from recalldesk.claims.models import Filing

    filing = Filing.objects.get(reference=reference)
    appeal(filing_id=filing.pk, text="Please look at it once more.", nonce="made-up-appeal")


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


DOES = {"told": told, "appeals": appeals, "one_byte": one_byte}


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "recalldesk.config.settings"
    import django

    django.setup()
    DOES[sys.argv[1]](*sys.argv[2:])  # type: ignore[operator]  # each takes what it is given
