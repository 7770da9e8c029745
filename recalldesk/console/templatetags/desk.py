"""Filters for the templates of the desk."""

import json
from datetime import datetime

from django import template

from recalldesk.console.queue_words import received_words
from recalldesk.foundation import clock
from recalldesk.keeping.kinds import days_in_words, years_in_words
from recalldesk.recalls.editing.sections import Section, section_at
from recalldesk.recalls.lint.findings import Finding

register = template.Library()


@register.filter
def as_json(value: object) -> str:
    """A value for a script, to stand in an attribute; escaped there as any text is."""
    return json.dumps(value)


@register.filter
def section(finding: Finding) -> Section:
    """In which section of the editor is written what a finding of the linter is about."""
    return section_at(finding.path)


@register.filter
def in_days(days: int) -> str:
    """How long something is kept, in words."""
    return days_in_words(days)


@register.filter
def in_years(days: int) -> str:
    """The same, shorter."""
    return years_in_words(days)


@register.filter
def when(moment: datetime | None) -> str:
    """A moment in UTC, as the queue writes it: with its year where that is another one."""
    return received_words(moment, clock.now().date())
