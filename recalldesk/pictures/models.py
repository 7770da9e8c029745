"""Pictures of products, by what they hold, and which version took which.

Guarantees, kept by the database itself: a picture never changes, and none that a version took is
deleted; what a version took stays as it is once the version is approved. A version shows what it
took, and of the other files what the last version before it that took them has.
"""

import pgtrigger
from django.conf import settings
from django.db import models

from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied
from recalldesk.recalls.models import RecallVersion

# The version is held by share, so that an approval waits for it; what waited for one is refused.
TAKEN_BY_A_DRAFT = """
    PERFORM FROM recalls_recallversion
    WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.version_id ELSE NEW.version_id END
        AND approved_at IS NULL FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'recalldesk: the pictures of an approved version cannot be changed';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""

SIZES_OF_A_TAKEN_ONE_STAY = """
    IF EXISTS (
        SELECT FROM pictures_takenpicture
        WHERE picture_id = CASE TG_OP WHEN 'DELETE' THEN OLD.picture_id ELSE NEW.picture_id END
    ) THEN
        RAISE EXCEPTION 'recalldesk: a picture that a version took never changes';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""

TAKEN_ONE_STAYS = """
    IF EXISTS (SELECT FROM pictures_takenpicture WHERE picture_id = OLD.id) THEN
        RAISE EXCEPTION 'recalldesk: a picture that a version took is not deleted';
    END IF;
    RETURN OLD;
"""


class Picture(models.Model):
    """A picture that was drawn anew. `digest` names it by the digests of all its sizes."""

    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="picture_never_changes", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="taken_one_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func=TAKEN_ONE_STAYS,
            ),
        )

    def __str__(self) -> str:
        return f"picture {self.digest[:12]}"


class PictureSize(models.Model):
    """A picture in one width: a JPEG, and the digest of its bytes, by which it is asked for."""

    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="sizes")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, db_index=True)
    content = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["picture", "width"], name="one_size_a_width"),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="size_never_changes", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="sizes_of_a_taken_one_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Delete,
                func=SIZES_OF_A_TAKEN_ONE_STAY,
            ),
        )

    def __str__(self) -> str:
        return f"{self.width} x {self.height} of picture {self.picture_id}"


class TakenPicture(models.Model):
    """That a version took a picture for a file that its recall file names.

    `source_digest` is that of the file's bytes as they came, which are not kept.
    """

    version = models.ForeignKey(RecallVersion, on_delete=models.CASCADE, related_name="pictures")
    file = models.TextField()
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="taken")
    source_digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["version", "file"], name="one_picture_a_file"),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="taken_never_changes", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="taken_by_a_draft",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Delete,
                func=TAKEN_BY_A_DRAFT,
            ),
        )

    def __str__(self) -> str:
        return f"{self.file} of version {self.version_id}"
