"""Made-up claims that stand in the lists of the desk, written straight into their rows."""

from datetime import date
from typing import Any

from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.references import new_key, new_reference
from recalldesk.claims.states import ClaimState, DeskList, FilingState
from recalldesk.evidence.models import EvidenceSet
from recalldesk.foundation import clock
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields_of_rows import sealed
from tests.claims.owner import the_recall

OF_FILING = ("channel", "country", "remedy_key", "is_dangerous", "filed_at")


def queued(
    *days: date | None,
    desk: DeskList = DeskList.REVIEW,
    state: ClaimState = ClaimState.IN_REVIEW,
    name: str = "Olga Quispe-Made-Up",
    **more: Any,
) -> list[int]:
    """The numbers of claims promised on these days. `more`: fields of the claim or its filing."""
    live = the_recall()
    recall_id = more.pop("recall_id", live.recall_id)
    of_filing = {key: more.pop(key) for key in OF_FILING if key in more}
    of_filing = {"filed_at": clock.now(), "country": "US"} | of_filing
    kept_name = sealed(Filing, "sealed_name", name, recall_id=recall_id)
    filings = Filing.objects.bulk_create(
        Filing(
            key=new_key(),
            reference=new_reference(),
            recall_id=recall_id,
            version_id=live.version_id,
            brand="tidewater",
            language="en",
            state=FilingState.FILED,
            sealed_name=kept_name,
            **of_filing,
        )
        for _ in days
    )
    sets = [EvidenceSet.objects.create(recall_id=recall_id) for _ in days]
    claims = Claim.objects.bulk_create(
        Claim(
            filing=filing,
            recall_id=recall_id,
            position=1,
            evidence=evidence,
            desk=desk,
            state=state,
            promised_on=day,
            **more,
        )
        for filing, evidence, day in zip(filings, sets, days, strict=True)
    )
    return [claim.pk for claim in claims]


def another_recall(slug: str = "other-k21") -> Recall:
    """A recall beside the kettle's."""
    return Recall.objects.create(slug=slug)
