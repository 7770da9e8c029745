"""Data keys: one for the desk and one for each recall, each wrapped by a key from outside.

Guarantee, kept by the database: a data key stays as it was made. Without it everything sealed under
it is lost, and no other key opens it.
"""

import pgtrigger
from django.db import models

from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied


class DataKey(models.Model):
    """A random key, sealed under the installation's key ring. `scope` says whose data it seals."""

    scope = models.CharField(max_length=80, unique=True)
    wrapped = models.BinaryField()
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="key_stays", operation=pgtrigger.Update | pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"data key of {self.scope}"
