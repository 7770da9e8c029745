"""That somebody looked for the product on an auction site, and what they did."""

from django.conf import settings
from django.db import models

from recalldesk.foundation import clock
from recalldesk.publicity.models.staying import stays_but_for
from recalldesk.publicity.states import Action, Outcome
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields import SealedField


class AuctionCheck(models.Model):
    """One look. `follows`: the look whose listings this one looks after; `takes_back`: the look
    that this row takes back. Links and note are sealed: they lead to who sells it."""

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="+")
    site = models.CharField(max_length=80)
    checked_on = models.DateField()
    search_words = models.CharField(max_length=200)
    is_found = models.BooleanField()
    listings = models.PositiveIntegerField(default=0)
    sealed_links = SealedField(default=b"")
    action = models.CharField(max_length=12, choices=Action.choices, default=Action.NONE)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, default=Outcome.NOTHING)
    sealed_note = SealedField(default=b"")
    follows = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    takes_back = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="taken_back_by"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    nonce = models.CharField(max_length=32, unique=True)

    class Meta:
        indexes = (models.Index(fields=["recall", "at"], name="auction_checks_of_a_recall"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(is_found=True, listings__gte=1)
                & ~models.Q(outcome=Outcome.NOTHING)
                | models.Q(is_found=False, listings=0, action=Action.NONE)
                & models.Q(outcome__in=[Outcome.NOTHING, Outcome.REMOVED]),
                name="listings_are_of_what_was_found",
            ),
        )
        triggers = stays_but_for("auction_check", "sealed_links", "sealed_note")

    def __str__(self) -> str:
        return f"look {self.pk} at an auction site"
