"""Data keys: for the desk and for each recall, each wrapped by a key from outside; their rotations.

Guarantee, kept by the database: a data key stays. It may be wrapped anew and nothing else; without
it everything sealed under it is lost, and no other key opens it.
"""

import pgtrigger
from django.db import models

from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied

# A wrapped key is as long as its parts: format, name, nonce, 32 bytes, tag (see keys.py). That it
# is the same key no database can see: wrapping.py opens what it wrote before it lets go.
ONLY_WRAPPED_ANEW = """
    IF (NEW.id, NEW.scope, NEW.generation, NEW.created_at)
        IS DISTINCT FROM (OLD.id, OLD.scope, OLD.generation, OLD.created_at) THEN
        RAISE EXCEPTION 'recalldesk: a data key stays as it was made';
    END IF;
    IF octet_length(NEW.wrapped) < 62 THEN
        RAISE EXCEPTION 'recalldesk: this is no wrapped data key';
    END IF;
    IF get_byte(NEW.wrapped, 0) <> 1
        OR octet_length(NEW.wrapped) <> 62 + get_byte(NEW.wrapped, 1) THEN
        RAISE EXCEPTION 'recalldesk: this is no wrapped data key';
    END IF;
    RETURN NEW;
"""


class DataKey(models.Model):
    """A random key, sealed under the installation's key ring. `scope` says whose data it seals.

    A scope has one for each generation: the newest seals, all of them open. Generation 0 is one
    that was made before there were generations.
    """

    scope = models.CharField(max_length=80)
    generation = models.PositiveIntegerField()
    wrapped = models.BinaryField()
    created_at = models.DateTimeField(default=clock.now)
    retired_at = models.DateTimeField(null=True)
    """When a rotation found that no value names it any more. It still opens what may turn up."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["scope", "generation"], name="generation_made_once"),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="key_stays", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="key_is_only_wrapped_anew",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=ONLY_WRAPPED_ANEW,
            ),
        )

    def __str__(self) -> str:
        return f"data key {self.name}"

    @property
    def name(self) -> str:
        """What values sealed under it call it. It names the scope too, so that it is unique."""
        return f"{self.scope}/{self.generation}" if self.generation else "data"

    @property
    def purpose(self) -> str:
        """What its wrapping is bound to: no key can be put in another one's place."""
        return f"data key {self.name}" if self.generation else f"data key of {self.scope}"


class Rotation(models.Model):
    """One rotation of the data keys. One that was broken off has no end; the next run goes on."""

    started_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"rotation {self.pk}"
