"""Whether the firm's home page leads to the recall, as somebody looked and said."""

from django.conf import settings
from django.db import models

from recalldesk.foundation import clock
from recalldesk.publicity.models.staying import stays
from recalldesk.publicity.states import LinkPlace
from recalldesk.recalls.models import Recall

LONGEST_ADDRESS = 500
LONGEST_REASON = 600


class HomePageAnswer(models.Model):
    """One answer; the newest at a moment counts. With a link: on which page, what it says, where
    it stands and since when. Without: why not."""

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="+")
    is_linked = models.BooleanField()
    page = models.CharField(max_length=LONGEST_ADDRESS, blank=True)
    link_text = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=12, choices=LinkPlace.choices, blank=True)
    since = models.DateField(null=True)
    why_not = models.CharField(max_length=LONGEST_REASON, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    nonce = models.CharField(max_length=32, unique=True)

    class Meta:
        indexes = (models.Index(fields=["recall", "-at"], name="home_page_answers"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(is_linked=True, since__isnull=False, why_not="")
                & ~models.Q(page="")
                & ~models.Q(link_text="")
                & ~models.Q(place="")
                | models.Q(is_linked=False, since__isnull=True, page="", link_text="", place="")
                & ~models.Q(why_not=""),
                name="a_link_says_where_or_why_not",
            ),
        )
        triggers = stays("home_page_answer")

    def __str__(self) -> str:
        return f"answer {self.pk} about the home page"
