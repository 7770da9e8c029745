"""Filters for the templates of the desk."""

import json
from datetime import datetime

from django import template

from recalldesk.console.queue_words import received_words
from recalldesk.foundation import clock

register = template.Library()


@register.filter
def as_json(value: object) -> str:
    """A value for a script, to stand in an attribute; escaped there as any text is."""
    return json.dumps(value)


@register.filter
def when(moment: datetime | None) -> str:
    """A moment in UTC, as the queue writes it: with its year where that is another one."""
    return received_words(moment, clock.now().date())
