"""A published recall, made-up buyers by the hundred thousand, written by the batch, and a wave of
mails to all of them, made by the product itself.
"""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from recalldesk.foundation import clock
from recalldesk.outreach.models import Wave
from recalldesk.outreach.states import WaveKind, Way
from recalldesk.outreach.waves.actions import approve_wave, ask_for_approval, draft_wave
from recalldesk.outreach.waves.starting import start_wave
from recalldesk.purchasers.digests import contact_digest, line_digest, name_digest, order_digest
from recalldesk.purchasers.models import ContactPoint, OrderFile, Person, Purchase, Purchaser
from recalldesk.purchasers.states import Channel, ContactKind, FileKind, Strength
from recalldesk.recalls.reads import live_version
from recalldesk.sealing.fields_of_rows import sealed, sealed_each
from tests.cast import Desk, make_cast

BATCH = 5_000
DOMAINS = 40
UNPACED = 6_000_000
"""So many a minute: the wave's own pace holds nothing up."""


def address(number: int) -> str:
    """Whom a mail goes to."""
    return f"buyer{number}@home{number % DOMAINS}.example"


def wave_to(buyers: int, folder: Path) -> Wave:
    """A wave whose notices are made and wait to be sent."""
    desk = Desk(make_cast(), folder)
    desk.published()
    _write(desk, buyers)
    wave = draft_wave(
        recall=desk.recall(),
        name="Made-up wave",
        kind=WaveKind.FIRST,
        ways=(Way.EMAIL,),
        by=desk.cast.author,
        per_minute=UNPACED,
        per_domain=UNPACED,
    )
    wave = approve_wave(ask_for_approval(wave, by=desk.cast.author), by=desk.cast.approver)
    if not start_wave(wave.pk):
        raise SystemExit("the wave of the measurement did not start")
    wave.refresh_from_db()
    return wave


def _write(desk: Desk, buyers: int) -> None:
    recall = desk.recall()
    file = OrderFile.objects.create(
        recall=recall,
        channel=Channel.AMAZON,
        kind=FileKind.ORDERS,
        file_sha256=sha256(b"made up").hexdigest(),
        size=1,
        reading={},
        **dict.fromkeys(("lines", "heading", "accepted", "rejected", "duplicate", "blank"), 0),
        continued=0,
        lines_of_others=0,
        version=live_version(recall),
        by=desk.cast.author,
    )
    name = sealed(Purchaser, "sealed_name", "Made-up Buyer", recall_id=recall.pk)
    order = sealed(Purchase, "sealed_order", "MADE-UP", recall_id=recall.pk)
    for first, last in _batches(buyers):
        numbers = range(first, last)
        persons = Person.objects.bulk_create(Person(recall=recall) for _ in numbers)
        made = Purchaser.objects.bulk_create(
            Purchaser(
                recall=recall,
                person=person,
                digest=sha256(f"buyer {number}".encode()).digest(),
                sealed_name=name,
                name_digest=name_digest("Made-up Buyer"),
                country="US",
                language="en",
            )
            for number, person in zip(numbers, persons, strict=True)
        )
        values = sealed_each(
            ContactPoint, "sealed_value", [(recall.pk, address(number)) for number in numbers]
        )
        ContactPoint.objects.bulk_create(
            ContactPoint(
                purchaser=each,
                recall_id=recall.pk,
                kind=ContactKind.EMAIL,
                sealed_value=value,
                digest=contact_digest(ContactKind.EMAIL, address(number)),
            )
            for number, each, value in zip(numbers, made, values, strict=True)
        )
        Purchase.objects.bulk_create(
            Purchase(
                recall=recall,
                file=file,
                line=number + 1,
                channel=Channel.AMAZON,
                product="k20",
                purchaser=each,
                line_digest=line_digest(Channel.AMAZON, str(number), "k20"),
                order_digest=order_digest(str(number)),
                sealed_order=order,
                units=1,
                ordered_on=clock.now().date(),
                country="US",
                strength=Strength.STRONG,
            )
            for number, each in zip(numbers, made, strict=True)
        )


def _batches(count: int) -> Iterator[tuple[int, int]]:
    for first in range(0, count, BATCH):
        yield first, min(first + BATCH, count)
