"""Data keys: one for the desk and one for each recall, each wrapped by a key from outside."""

from django.db import models

from recalldesk.foundation import clock


class DataKey(models.Model):
    """A random key, sealed under the installation's key ring. `scope` says whose data it seals."""

    scope = models.CharField(max_length=80, unique=True)
    wrapped = models.BinaryField()
    created_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"data key of {self.scope}"
