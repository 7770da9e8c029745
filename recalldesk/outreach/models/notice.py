"""One notice to one contact point, what it names, and the print files of those that go as letters.

Guarantees, kept by the database: a wave writes to a contact once in each way; a notice is never
deleted, so that who was told stays known, though whom it went to may be erased.
"""

import uuid

import pgtrigger
from django.db import models

from recalldesk.accounts.models import Staff
from recalldesk.foundation import clock
from recalldesk.mailing.states import SendError
from recalldesk.outreach.models.growth import GrowthWatch
from recalldesk.outreach.models.wave import Wave
from recalldesk.outreach.states import NoticeState, Way, Withheld
from recalldesk.protection.triggers import never_emptied
from recalldesk.purchasers.models import ContactPoint, Purchase, Purchaser
from recalldesk.purchasers.states import ContactKind
from recalldesk.sealing.fields import LookupField, SealedField


class LetterFile(models.Model):
    """A print file of letters: `letters` of them, handed out and then posted. The file itself is
    not kept: the same letters are set again from their notices."""

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="letter_files")
    number = models.PositiveIntegerField()
    letters = models.PositiveIntegerField()
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    posted_on = models.DateField(null=True)
    posted_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    posted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["wave", "number"], name="a_letter_file_has_a_number"),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="letter_file_stays", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"letter file {self.number} of wave {self.wave_id}"


class DirectNotice(models.Model):
    """One notice.

    To whom: `contact` and `purchaser` (one of those who share the contact; the others are found by
    `contact_digest`), or `wish`, or `passed_on_by`: the answer of somebody who named the new owner.
    `contact_digest`: as that of the contact point; `sealed_to`: where it goes, as the contact point
    had it; an address is JSON, its addressee within as `name`. `units`: bought under the contact
    when it was made.

    How it goes: `random_id`: every attempt bears it, as Message-ID or as the name for a gateway;
    `sealed_token`: of its link, `link_digest` the SHA-256 of that; `domain_digest`: of the mail
    domain; `not_before`: an attempt failed, or it is night there; `tried_at`: written down before
    an attempt is made, `attempts` with it; `repeats`: attempts of which nobody knows whether the
    one before had gone out; `provider_id`: what the provider calls it.

    `handed_out_at`: since when a printer has the letter, or a call centre the call.

    What became of it: `sent_at`, `delivered_at` (where somebody tells), `ended_at` (refused, came
    back, given up), `opened_at`: its link's button was pressed first."""

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="notices")
    recall_id = models.BigIntegerField()
    contact = models.ForeignKey(
        ContactPoint, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    purchaser = models.ForeignKey(
        Purchaser, null=True, on_delete=models.PROTECT, related_name="notices"
    )
    wish = models.ForeignKey(GrowthWatch, null=True, on_delete=models.SET_NULL, related_name="+")
    passed_on_by = models.ForeignKey(
        "Answer", null=True, on_delete=models.PROTECT, related_name="led_to"
    )
    kind = models.CharField(max_length=8, choices=ContactKind.choices)
    contact_digest = LookupField(max_length=32)
    sealed_to = SealedField(default=b"")
    way = models.CharField(max_length=8, choices=Way.choices)
    language = models.CharField(max_length=12)
    country = models.CharField(max_length=2, blank=True)
    units = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=NoticeState.choices, default=NoticeState.WAITING)
    withheld = models.CharField(max_length=12, choices=Withheld.choices, blank=True)
    last_error = models.CharField(max_length=24, choices=SendError.choices, blank=True)
    random_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sealed_token = SealedField(default=b"")
    link_digest = models.BinaryField(max_length=32, null=True, unique=True)
    domain_digest = LookupField(max_length=32, default=b"")
    provider_id = models.CharField(max_length=255, blank=True)
    letter_file = models.ForeignKey(
        LetterFile, null=True, on_delete=models.PROTECT, related_name="notices"
    )
    made_at = models.DateTimeField(default=clock.now)
    not_before = models.DateTimeField(null=True)
    handed_out_at = models.DateTimeField(null=True)
    first_tried_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    repeats = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["wave", "way", "id"],
                condition=models.Q(state=NoticeState.WAITING),
                name="notices_waiting",
            ),
            models.Index(fields=["wave", "tried_at"], name="notices_tried_lately"),
            models.Index(fields=["wave", "state"], name="notices_of_a_wave"),
            models.Index(fields=["recall_id", "contact_digest"], name="notices_to_a_contact"),
            models.Index(fields=["recall_id", "sent_at"], name="notices_by_day"),
            models.Index(
                fields=["provider_id"],
                condition=~models.Q(provider_id=""),
                name="notices_by_provider",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["wave", "way", "contact_digest"], name="a_wave_tells_a_contact_once"
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="notice_stays", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"notice {self.pk}"


class NamedPurchase(models.Model):
    """That a notice names a purchase: its text says the product, the shop and the day. A purchase
    of which no notice was sent was told to nobody, whatever else its buyer was written."""

    notice = models.ForeignKey(DirectNotice, on_delete=models.PROTECT, related_name="named")
    purchase = models.ForeignKey(Purchase, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["notice", "purchase"], name="a_notice_names_a_purchase_once"
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="named_is_named", operation=pgtrigger.Update | pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"purchase {self.purchase_id} in notice {self.notice_id}"
