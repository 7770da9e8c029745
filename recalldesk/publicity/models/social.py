"""Posts on social networks, and how they were received."""

from django.conf import settings
from django.db import models

from recalldesk.foundation import clock
from recalldesk.publicity.models.home_page import LONGEST_ADDRESS
from recalldesk.publicity.models.staying import stays
from recalldesk.publicity.states import Network, PostKind
from recalldesk.recalls.models import Recall


class SocialPost(models.Model):
    """A post of the firm. `takes_back`: the post that this row takes back."""

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="+")
    network = models.CharField(max_length=12, choices=Network.choices)
    address = models.CharField(max_length=LONGEST_ADDRESS)
    kind = models.CharField(max_length=12, choices=PostKind.choices)
    posted_at = models.DateTimeField()
    takes_back = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="taken_back_by"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    nonce = models.CharField(max_length=32, unique=True)

    class Meta:
        indexes = (models.Index(fields=["recall", "at"], name="social_posts_of_a_recall"),)
        triggers = stays("social_post")

    def __str__(self) -> str:
        return f"post {self.pk}"


class SocialReading(models.Model):
    """What the network showed of a post on a day, in all since it was posted; None where it does
    not show such a figure. `takes_back`: the reading that this row takes back."""

    post = models.ForeignKey(SocialPost, on_delete=models.PROTECT, related_name="readings")
    read_on = models.DateField()
    reactions = models.PositiveBigIntegerField(null=True)
    comments = models.PositiveBigIntegerField(null=True)
    shares = models.PositiveBigIntegerField(null=True)
    views = models.PositiveBigIntegerField(null=True)
    takes_back = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="taken_back_by"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    nonce = models.CharField(max_length=32, unique=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(
                    reactions__isnull=True,
                    comments__isnull=True,
                    shares__isnull=True,
                    views__isnull=True,
                ),
                name="a_reading_says_something",
            ),
        )
        triggers = stays("social_reading")

    def __str__(self) -> str:
        return f"reading {self.pk} of post {self.post_id}"
