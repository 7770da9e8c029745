"""Waves of direct notices, and what each says in each way and language.

Guarantees, kept by the database: no wave is ever forgotten; its words never change once somebody
was written to.
"""

import pgtrigger
from django.db import models

from recalldesk.accounts.models import Staff
from recalldesk.foundation import clock
from recalldesk.outreach.states import WaveKind, WaveState, Way
from recalldesk.protection.triggers import never_emptied
from recalldesk.recalls.models import Recall, RecallVersion

PER_MINUTE, PER_DOMAIN = 600, 120


class Wave(models.Model):
    """One round of notices. `number`: within its recall; `ways`: words of `Way`; `audience`: who,
    as `audience.Audience` reads and writes it; `silent_days`: a reminder goes to those who were
    told so long ago; `per_minute`, `per_domain`: the most that leave in a minute, and to one mail
    domain; `costs`: of one notice by way, as decimal text, in `currency`; `version`: of which the
    words speak; `counts`: whom it would reach and whom not, as they were approved; `tested`,
    `asked_for`, `approved`: the digest (`waves.contents`) of what was tested, asked and agreed
    to; `asked_before`: what it held when it was asked for the time before (`waves.changes`)."""

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="waves")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=WaveKind.choices)
    ways = models.JSONField()
    audience = models.JSONField(default=dict)
    silent_days = models.PositiveSmallIntegerField(default=0)
    version = models.ForeignKey(
        RecallVersion, null=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=8, choices=WaveState.choices, default=WaveState.DRAFT)
    starts_at = models.DateTimeField(null=True)
    per_minute = models.PositiveIntegerField(default=PER_MINUTE)
    per_domain = models.PositiveIntegerField(default=PER_DOMAIN)
    costs = models.JSONField(default=dict)
    currency = models.CharField(max_length=3, blank=True)
    counts = models.JSONField(default=dict)
    tested = models.CharField(max_length=64, blank=True)
    asked_for = models.CharField(max_length=64, blank=True)
    approved = models.CharField(max_length=64, blank=True)
    asked_before = models.JSONField(default=dict)
    written_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    asked_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    prepared_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["recall", "number"], name="a_wave_has_a_number"),
            models.CheckConstraint(
                condition=models.Q(approved_by=None)
                | (
                    ~models.Q(approved_by=models.F("asked_by"))
                    & (models.Q(written_by=None) | ~models.Q(approved_by=models.F("written_by")))
                ),
                name="a_wave_is_approved_by_another",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="wave_stays", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"wave {self.number} of {self.recall_id}"


class WaveText(models.Model):
    """What a wave says in one way and language. `subject`: of a mail; a letter's headline. `body`:
    with the places to fill that `texts.places` names. Of a phone call: the script."""

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="texts")
    way = models.CharField(max_length=8, choices=Way.choices)
    language = models.CharField(max_length=12)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["wave", "way", "language"], name="a_wave_says_one_thing"
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Trigger(
                name="said_is_said",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func="""
                    IF EXISTS (SELECT FROM outreach_wave w
                               WHERE w.id = OLD.wave_id AND w.prepared_at IS NOT NULL) THEN
                        RAISE EXCEPTION 'the words of wave % were sent: they never change',
                            OLD.wave_id;
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                    """,
            ),
        )

    def __str__(self) -> str:
        return f"text {self.pk} of wave {self.wave_id}"
