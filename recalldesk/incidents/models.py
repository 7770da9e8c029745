"""What happened with a unit, and since when the firm knows of it.

Guarantee, kept by the database itself: `obtained_at` is the server's own and never changes, and no
row is deleted: a duty to report runs from it. What names people or tells of harm is sealed.
"""

import pgtrigger
from django.db import models

from recalldesk.claims.models import Contact, Filing
from recalldesk.foundation import clock
from recalldesk.incidents.states import IncidentSource, IncidentState
from recalldesk.protection.triggers import never_emptied
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields import SealedField


class Incident(models.Model):
    """Harm or a near miss. `recall` is None where the teller did not come from a recall's page.

    `contact`: the call or letter by which the desk was told. `sealed_contact` says how to reach the
    teller where there is no filing that does.
    """

    recall = models.ForeignKey(
        Recall, null=True, on_delete=models.PROTECT, related_name="incidents"
    )
    filing = models.OneToOneField(
        Filing, null=True, on_delete=models.PROTECT, related_name="incident"
    )
    contact = models.OneToOneField(
        Contact, null=True, on_delete=models.PROTECT, related_name="incident"
    )
    source = models.CharField(max_length=16, choices=IncidentSource.choices)
    state = models.CharField(
        max_length=16, choices=IncidentState.choices, default=IncidentState.OBTAINED
    )
    obtained_at = models.DateTimeField(default=clock.now, db_index=True)
    language = models.CharField(max_length=12)
    sealed_contact = SealedField(default=b"")
    sealed_account = SealedField(default=b"")

    class Meta:
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="incident_stays", operation=pgtrigger.Delete),
            # What is sealed is sealed under the recall's key.
            pgtrigger.ReadOnly(
                name="obtained_when_it_was", fields=["id", "recall", "obtained_at", "source"]
            ),
        )

    def __str__(self) -> str:
        return f"incident {self.pk}"
