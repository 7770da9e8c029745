"""That the desk was reminded of the home page, so that it is reminded once of each thing."""

from django.db import models

from recalldesk.foundation import clock
from recalldesk.publicity.models.home_page import HomePageAnswer
from recalldesk.publicity.models.staying import stays
from recalldesk.publicity.states import Stage
from recalldesk.recalls.models import Recall


class HomePageReminder(models.Model):
    """One mail to the desk. `answer`: the one that it is about, if anybody answered; `turn`: the
    how manieth of its stage, counted in weeks."""

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=12, choices=Stage.choices)
    answer = models.ForeignKey(
        HomePageAnswer, null=True, on_delete=models.PROTECT, related_name="reminders"
    )
    turn = models.PositiveIntegerField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["recall", "stage", "answer", "turn"],
                nulls_distinct=False,
                name="one_reminder_of_a_stage",
            ),
        )
        triggers = stays("home_page_reminder")

    def __str__(self) -> str:
        return f"reminder {self.pk} of the home page"
