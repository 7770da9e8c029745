"""Made-up wishes to be told, and people who ask and change their minds while keys are rotated."""

import random
import time
from collections.abc import Callable

from django.db import transaction

from recalldesk.outreach.models import GrowthWatch
from recalldesk.recalls.models import RecallVersion
from recalldesk.sealing.fields_of_rows import digest, opened, sealed
from recalldesk.sealing.keys import key_named_by

NAME = "outreach.GrowthWatch"


def ask(version: RecallVersion, number: int) -> GrowthWatch:
    """A wish to be told, made up."""
    recall_id, contact = version.recall_id, f"owner{number}@home.example"
    return GrowthWatch.objects.create(
        recall_id=recall_id,
        asked_under=version,
        contact_digest=digest(GrowthWatch, "contact_digest", contact),
        serial_digest=b"",
        sealed_contact=sealed(GrowthWatch, "sealed_contact", contact, recall_id=recall_id),
        sealed_serial=sealed(GrowthWatch, "sealed_serial", f"TW{number}", recall_id=recall_id),
        language="en",
    )


def all_opened() -> list[tuple[str, str]]:
    """Contact and serial of every wish."""
    return [
        (opened(wish, "sealed_contact"), opened(wish, "sealed_serial"))
        for wish in GrowthWatch.objects.order_by("pk")
    ]


def names() -> set[str]:
    """The data keys that wishes name."""
    values = GrowthWatch.objects.values_list("sealed_contact", "sealed_serial")
    return {key_named_by(bytes(value)) for row in values for value in row}


def keep_asking(version: RecallVersion, first: int, stopped: Callable[[], bool]) -> dict[int, str]:
    """Asks and changes contacts, some slowly, and opens what it kept, until it is stopped.

    Returns the contact that each of its wishes was last given, by the wish's number.
    """
    kept: dict[int, str] = {}
    drawn = random.Random(first)
    while not stopped():
        with transaction.atomic():
            if not kept or drawn.random() < 0.3:
                pk = ask(version, first + len(kept)).pk
                contact = f"owner{first + len(kept)}@home.example"
            else:
                pk, contact = drawn.choice(list(kept)), f"changed{drawn.random()}@home.example"
                value = sealed(GrowthWatch, "sealed_contact", contact, recall_id=version.recall_id)
                time.sleep(drawn.random() / 200)
                GrowthWatch.objects.filter(pk=pk).update(sealed_contact=value)
            time.sleep(drawn.random() / 200)
        kept[pk] = contact
        looked_at = drawn.choice(list(kept))
        assert opened(GrowthWatch.objects.get(pk=looked_at), "sealed_contact") == kept[looked_at]
    return kept
