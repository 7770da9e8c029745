"""Serial lists and the files they came from.

Guarantees, kept by the database: what an approved version covers never changes. An entry belongs to
the version of the import that brought it and to every later one, until a removal says otherwise.
"""

import pgtrigger
from django.conf import settings
from django.db import models

from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.units.frozen_scope import (
    LET_THE_ROW_THROUGH,
    added_to_a_draft_only,
    of_one_recall,
    removed_by_a_draft_only,
    taken_from_a_draft_only,
    versions_are_drafts,
)
from recalldesk.units.states import RejectReason


def frozen_with_version() -> tuple[pgtrigger.Trigger, ...]:
    """Triggers which refuse rows added to or taken from the imports of an approved version."""
    return (
        added_to_a_draft_only(name="no_insert_once_approved"),
        taken_from_a_draft_only(name="no_delete_once_approved"),
        pgtrigger.Protect(name="no_update", operation=pgtrigger.Update),
        never_emptied(),
    )


class SerialList(models.Model):
    """A named list of a recall. Its meaning and products stand in the recall's document."""

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="serial_lists")
    name = models.CharField(max_length=60)
    read_as = models.CharField(max_length=200, blank=True)
    """Alphabet and folding under which its serials were stored; empty before the first import."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["recall", "name"], name="list_name_is_unique"),
        )
        triggers = (
            never_emptied(),
            pgtrigger.ReadOnly(name="name_never_changes", fields=["id", "recall", "name"]),
            pgtrigger.Protect(name="list_stays", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="read_otherwise_with_a_draft",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.read_as IS DISTINCT FROM NEW.read_as"),
                func="""
                    PERFORM FROM recalls_recallversion
                    WHERE recall_id = NEW.recall_id AND approved_at IS NULL FOR SHARE;
                    IF NOT FOUND THEN
                        RAISE EXCEPTION
                            'recalldesk: how a list is read changes with a draft only';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return self.name


class SerialImport(models.Model):
    """One file taken in.

    lines = heading + accepted + rejected + duplicate + blank + continued, always; `continued` are
    the second and further lines of a row that runs over several.
    """

    version = models.ForeignKey(RecallVersion, on_delete=models.PROTECT, related_name="imports")
    serial_list = models.ForeignKey(SerialList, on_delete=models.PROTECT, related_name="imports")
    file_name = models.CharField(max_length=255)
    file_sha256 = models.CharField(max_length=64)
    encoding = models.CharField(max_length=16)
    reading_digest = models.CharField(max_length=64)
    """Digest of the columns, the form and the counting by which its lines were judged."""
    lines = models.BigIntegerField()
    heading = models.PositiveSmallIntegerField()
    accepted = models.BigIntegerField()
    rejected = models.BigIntegerField()
    duplicate = models.BigIntegerField()
    blank = models.BigIntegerField()
    continued = models.BigIntegerField(default=0)
    removed = models.BigIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(
                    lines=models.F("heading")
                    + models.F("accepted")
                    + models.F("rejected")
                    + models.F("duplicate")
                    + models.F("blank")
                    + models.F("continued")
                ),
                name="every_line_is_accounted_for",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Trigger(
                name="approved_tally_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=versions_are_drafts("ARRAY[OLD.version_id]") + LET_THE_ROW_THROUGH,
            ),
            pgtrigger.Trigger(
                name="into_a_draft_only",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=versions_are_drafts("ARRAY[NEW.version_id]")
                + of_one_recall("NEW.serial_list_id", "ARRAY[NEW.version_id]")
                + LET_THE_ROW_THROUGH,
            ),
            pgtrigger.ReadOnly(
                name="file_and_place_never_change",
                fields=[
                    *("id", "version", "serial_list", "file_name", "file_sha256", "encoding"),
                    *("by", "at"),
                ],
            ),
            pgtrigger.Trigger(
                name="leaves_no_entry_behind",
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                func="""
                    IF EXISTS (
                        SELECT FROM units_serialentry
                        WHERE serial_list_id = OLD.serial_list_id AND serial_import_id = OLD.id
                    ) THEN
                        RAISE EXCEPTION 'recalldesk: the import still has entries';
                    END IF;
                    RETURN NULL;
                """,
            ),
            pgtrigger.ReadOnly(name="importer_stays", fields=["by"]),
        )

    def __str__(self) -> str:
        return f"import {self.pk} of {self.file_name}"


class SerialEntry(models.Model):
    """One serial on one list, folded as the product says.

    A foreign key costs a look-up a row in a table of millions; the statement trigger makes sure
    that the import exists, once for all rows of a COPY.
    """

    pk = models.CompositePrimaryKey("serial_list_id", "serial")
    serial_list = models.ForeignKey(
        SerialList,
        on_delete=models.PROTECT,
        related_name="entries",
        db_index=False,
        db_constraint=False,
    )
    serial = models.CharField(max_length=64, db_collation="C")
    serial_import = models.ForeignKey(
        SerialImport,
        on_delete=models.PROTECT,
        related_name="entries",
        db_index=False,
        db_constraint=False,
    )

    class Meta:
        triggers = frozen_with_version()

    def __str__(self) -> str:
        return f"entry of list {self.serial_list_id}"


class RangeEntry(models.Model):
    """One range on one list, both ends included, of equal length, start < end.

    A range of one unit is a `SerialEntry`: a removal could not tell the two apart.
    """

    serial_list = models.ForeignKey(SerialList, on_delete=models.PROTECT, related_name="ranges")
    start = models.CharField(max_length=64, db_collation="C")
    end = models.CharField(max_length=64, db_collation="C")
    serial_import = models.ForeignKey(SerialImport, on_delete=models.PROTECT, related_name="ranges")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["serial_list", "start", "end"], name="range_once"),
            models.CheckConstraint(
                condition=models.Q(start__lt=models.F("end")), name="range_of_several_units"
            ),
        )
        triggers = frozen_with_version()

    def __str__(self) -> str:
        return f"range of list {self.serial_list_id}"


class SerialRemoval(models.Model):
    """A serial or range of an earlier version that later ones no longer cover.

    `start` equals `end` for a single serial. `restored_in` names the version that covers it again.
    """

    serial_list = models.ForeignKey(SerialList, on_delete=models.PROTECT, related_name="removals")
    start = models.CharField(max_length=64, db_collation="C")
    end = models.CharField(max_length=64, db_collation="C")
    removed_in = models.ForeignKey(RecallVersion, on_delete=models.PROTECT, related_name="removals")
    restored_in = models.ForeignKey(
        RecallVersion, null=True, on_delete=models.PROTECT, related_name="restorals"
    )

    class Meta:
        indexes = (models.Index(fields=["serial_list", "start"], name="removal_by_serial"),)
        triggers = (
            never_emptied(),
            pgtrigger.Trigger(
                name="approved_removals_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                declare=[("versions", "bigint[]")],
                func="""
                    IF TG_OP = 'DELETE' THEN
                        versions := ARRAY[OLD.removed_in_id, OLD.restored_in_id];
                    ELSIF (NEW.serial_list_id, NEW.start, NEW."end", NEW.removed_in_id)
                        IS DISTINCT FROM
                        (OLD.serial_list_id, OLD.start, OLD."end", OLD.removed_in_id) THEN
                        RAISE EXCEPTION 'recalldesk: a removal is never rewritten';
                    ELSE
                        versions := ARRAY[OLD.restored_in_id, NEW.restored_in_id];
                    END IF;
                """
                + versions_are_drafts("versions")
                + "IF TG_OP <> 'DELETE' THEN"
                + of_one_recall("NEW.serial_list_id", "versions")
                + "END IF;"
                + LET_THE_ROW_THROUGH,
            ),
            removed_by_a_draft_only(name="no_removal_once_approved"),
        )

    def __str__(self) -> str:
        return f"removal from list {self.serial_list_id}"


class SerialReject(models.Model):
    """A line that was not taken, as it came, until somebody else than its importer settles it."""

    serial_import = models.ForeignKey(
        SerialImport, on_delete=models.CASCADE, related_name="rejects"
    )
    line_number = models.BigIntegerField()
    row = models.BinaryField()
    reason = models.CharField(max_length=24, choices=RejectReason.choices)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    settled_as = models.CharField(max_length=24, blank=True)
    """The reason for which it was settled: one of the log's; empty while it is open."""

    class Meta:
        indexes = (
            models.Index(
                fields=["serial_import"],
                condition=models.Q(settled_at__isnull=True),
                name="open_rejects",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(settled_at__isnull=True, settled_by__isnull=True, settled_as="")
                | models.Q(settled_at__isnull=False, settled_by__isnull=False)
                & ~models.Q(settled_as=""),
                name="somebody_settles_for_a_reason",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Trigger(
                name="settled_by_another",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Condition("NEW.settled_by_id IS NOT NULL"),
                func="""
                    IF EXISTS (
                        SELECT 1 FROM units_serialimport
                        WHERE id = NEW.serial_import_id AND by_id = NEW.settled_by_id
                    ) THEN
                        RAISE EXCEPTION
                            'recalldesk: whoever imported a file cannot settle its lines';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="approved_rejects_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func=versions_are_drafts(
                    "ARRAY(SELECT version_id FROM units_serialimport"
                    " WHERE id = OLD.serial_import_id)"
                )
                + LET_THE_ROW_THROUGH,
            ),
            added_to_a_draft_only(name="no_insert_once_approved", bears_list=False),
            pgtrigger.Protect(
                name="only_settled",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.settled_at IS NOT NULL OR (OLD.serial_import_id, OLD.line_number, OLD.row,"
                    " OLD.reason) IS DISTINCT FROM"
                    " (NEW.serial_import_id, NEW.line_number, NEW.row, NEW.reason)"
                ),
            ),
        )

    def __str__(self) -> str:
        return f"rejected line {self.line_number}"
