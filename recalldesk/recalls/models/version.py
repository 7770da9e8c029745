"""What a recall says from a moment on, and who wrote at it.

Guarantees, kept by the database itself: a version begins as a draft with the next number, which it
keeps; an approved one never changes; its approver is not its author; a recall has at most one draft
and at most one live version, and once live it always has one.
"""

import pgtrigger
from django.conf import settings
from django.db import models

from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied
from recalldesk.recalls.models.recall import Recall
from recalldesk.recalls.states import MOVES, VersionState

FROZEN_COLUMNS = (
    "recall_id",
    "number",
    "document",
    "source",
    "author_id",
    "created_at",
    "approved_by_id",
    "approved_at",
)


# Which version covers what goes by the numbers: one that came later never stands before another.
BEGINS_AS_THE_NEXT_DRAFT = """
    IF NEW.state <> 'draft' OR NEW.index_name <> ''
        OR num_nonnulls(NEW.approved_at, NEW.approved_by_id, NEW.published_at) > 0 THEN
        RAISE EXCEPTION 'recalldesk: a version begins as a draft';
    END IF;
    IF NEW.number <> (
        SELECT coalesce(max(number), 0) + 1 FROM recalls_recallversion
        WHERE recall_id = NEW.recall_id
    ) THEN
        RAISE EXCEPTION 'recalldesk: a version takes the next number of its recall';
    END IF;
    RETURN NEW;
"""

# The folder of an index is named after its version (units/indexing.py): none serves another one's.
GOES_LIVE = """
    IF NEW.index_name !~ '^[a-z0-9-]+$' OR NOT starts_with(
        NEW.index_name,
        (SELECT slug FROM recalls_recall WHERE id = NEW.recall_id) || '-v' || NEW.number || '-'
    ) THEN
        RAISE EXCEPTION 'recalldesk: a live version names an index of its own';
    END IF;
    IF EXISTS (
        SELECT FROM recalls_recallversion
        WHERE recall_id = NEW.recall_id AND number > NEW.number AND published_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'recalldesk: an older version never replaces a newer one';
    END IF;
    RETURN NEW;
"""

# A recall without a live version would not be asked any more.
LIVE_UNTIL_REPLACED = """
    IF NOT EXISTS (
        SELECT FROM recalls_recallversion WHERE recall_id = NEW.recall_id AND state = 'live'
    ) THEN
        RAISE EXCEPTION 'recalldesk: a recall that was live has a live version';
    END IF;
    RETURN NULL;
"""


class RecallVersion(models.Model):
    """What a recall says from a moment on."""

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(
        max_length=16, choices=VersionState.choices, default=VersionState.DRAFT
    )
    document = models.JSONField()
    source = models.TextField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="written_versions"
    )
    created_at = models.DateTimeField(default=clock.now)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="approved_versions",
    )
    approved_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    index_name = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["recall", "number"], name="version_number_is_unique"),
            models.UniqueConstraint(
                fields=["recall"],
                condition=models.Q(state=VersionState.DRAFT),
                name="recall_has_one_draft",
            ),
            models.UniqueConstraint(
                fields=["recall"],
                condition=models.Q(state=VersionState.LIVE),
                name="recall_has_one_live_version",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True)
                | ~models.Q(approved_by=models.F("author")),
                name="approver_is_not_author",
            ),
            models.CheckConstraint(
                condition=models.Q(state=VersionState.DRAFT, approved_at__isnull=True)
                | (
                    ~models.Q(state=VersionState.DRAFT)
                    & models.Q(approved_at__isnull=False, approved_by__isnull=False)
                ),
                name="only_approved_versions_leave_draft",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=VersionState.LIVE)
                | (models.Q(published_at__isnull=False) & ~models.Q(index_name="")),
                name="live_version_names_its_index",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Trigger(
                name="begins_as_the_next_draft",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=BEGINS_AS_THE_NEXT_DRAFT,
            ),
            pgtrigger.ReadOnly(
                name="number_never_changes",
                fields=["id", "recall", "number", "author", "created_at"],
            ),
            pgtrigger.Protect(
                name="approved_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.approved_at IS NOT NULL AND ("
                    + " OR ".join(f"OLD.{c} IS DISTINCT FROM NEW.{c}" for c in FROZEN_COLUMNS)
                    + ")"
                ),
            ),
            pgtrigger.Trigger(
                name="approver_wrote_nothing",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "NEW.approved_by_id IS DISTINCT FROM OLD.approved_by_id"
                ),
                func="""
                    IF EXISTS (
                        SELECT 1 FROM recalls_contribution
                        WHERE version_id = NEW.id AND by_id = NEW.approved_by_id
                    ) THEN
                        RAISE EXCEPTION 'recalldesk: whoever wrote at a version cannot approve it';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(
                name="publication_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.published_at IS NOT NULL AND (OLD.published_at, OLD.index_name)"
                    " IS DISTINCT FROM (NEW.published_at, NEW.index_name)"
                ),
            ),
            pgtrigger.FSM(
                name="only_legal_moves",
                field="state",
                transitions=[
                    (before, after) for before, moves in MOVES.items() for after in sorted(moves)
                ],
            ),
            pgtrigger.Trigger(
                name="goes_live_by_its_own_index",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("NEW.state = 'live' AND OLD.state <> 'live'"),
                func=GOES_LIVE,
            ),
            pgtrigger.Trigger(
                name="live_until_replaced",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Condition("OLD.state = 'live' AND NEW.state <> 'live'"),
                func=LIVE_UNTIL_REPLACED,
            ),
            pgtrigger.Protect(
                name="approved_is_never_deleted",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__approved_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.recall.slug} version {self.number}"


class Contribution(models.Model):
    """That somebody wrote at a version: applied its file or imported its serials."""

    version = models.ForeignKey(
        RecallVersion, on_delete=models.CASCADE, related_name="contributions"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["version", "by"], name="contributed_once"),)
        triggers = (
            never_emptied(),
            pgtrigger.Protect(
                name="contribution_stays", operation=pgtrigger.Update | pgtrigger.Delete
            ),
            pgtrigger.Trigger(
                name="only_drafts_are_written_at",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    PERFORM FROM recalls_recallversion
                    WHERE id = NEW.version_id AND approved_at IS NULL FOR SHARE;
                    IF NOT FOUND THEN
                        RAISE EXCEPTION 'recalldesk: only a draft is written at';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"contribution to {self.version}"
