"""Background work of purchasers. Each job may run twice without harm.

What reads and matches files is loaded by the job that needs it: each program of Django loads this.
"""

from procrastinate.contrib.django import app

from recalldesk.jobs.waits import RETRY
from recalldesk.purchasers import deferring, forgetting, kept_files
from recalldesk.purchasers.deferring import QUEUE
from recalldesk.purchasers.people.tying import tie_filings
from recalldesk.recalls.models import Recall

EVERY_FIVE_MINUTES = "*/5 * * * *"
EVERY_HOUR = "49 * * * *"
EVERY_NIGHT = "52 3 * * *"
LATER_EACH_NIGHT = "12 4 * * *"


@app.task(name=deferring.KEEP_PEOPLE, queue=QUEUE, retry=RETRY)
def keep_people(recall_id: int) -> None:
    """Finds anew who of a recall's purchasers is one person, and has the rest reviewed."""
    from recalldesk.purchasers.people.keeping import keep_people_current

    keep_people_current(Recall.objects.get(pk=recall_id), with_review=True)


@app.task(name=deferring.MATCH_ANEW, queue=QUEUE, retry=RETRY)
def match_anew(recall_id: int) -> None:
    """Matches the kept files of a recall with the version that is live."""
    from recalldesk.purchasers.importing.anew import match_files_anew

    match_files_anew(Recall.objects.get(pk=recall_id))


@app.task(name=deferring.NAME_BUYERS, queue=QUEUE, retry=RETRY)
def name_buyers(recall_id: int) -> None:
    """Looks through the kept files that name buyers, for orders of which nobody knows one."""
    from recalldesk.purchasers.importing.anew import match_files_anew

    match_files_anew(Recall.objects.get(pk=recall_id), only_naming=True)


@app.periodic(cron=EVERY_FIVE_MINUTES)
@app.task(
    name="purchasers.find_expansions",
    queue=QUEUE,
    queueing_lock="purchasers.find_expansions",
    retry=RETRY,
)
def find_expansions(timestamp: int) -> None:
    """Has files matched anew that were matched with a version that is live no more."""
    from recalldesk.purchasers.importing.expanding import match_what_is_behind

    match_what_is_behind()


@app.periodic(cron=EVERY_FIVE_MINUTES)
@app.task(
    name="purchasers.tie_claims", queue=QUEUE, queueing_lock="purchasers.tie_claims", retry=RETRY
)
def tie_claims(timestamp: int) -> None:
    """Ties filings to the purchasers who are the same person."""
    tie_filings()


@app.periodic(cron=LATER_EACH_NIGHT)
@app.task(
    name="purchasers.tie_every_claim",
    queue=QUEUE,
    queueing_lock="purchasers.tie_every_claim",
    retry=RETRY,
)
def tie_every_claim(timestamp: int) -> None:
    """The same of all filings: of news that the log told while no worker ran."""
    tie_filings(every=True)


@app.periodic(cron=EVERY_NIGHT)
@app.task(
    name="purchasers.forget_files",
    queue=QUEUE,
    queueing_lock="purchasers.forget_files",
    retry=RETRY,
)
def forget_files(timestamp: int) -> None:
    """Erases order files that were kept long enough, rejected lines, and what nothing names."""
    forgetting.erase_old_files()
    forgetting.forget_rejected_lines()
    forgetting.forget_orphans()


@app.periodic(cron=EVERY_HOUR)
@app.task(
    name="purchasers.copy_missing",
    queue=QUEUE,
    queueing_lock="purchasers.copy_missing",
    retry=RETRY,
)
def copy_missing(timestamp: int) -> None:
    """Puts sealed files on the other disk that only one of two has."""
    kept_files.copy_what_is_missing()
