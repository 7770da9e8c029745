"""What the pages of claims show beside a view's own values."""

from typing import Any

from django import template
from django.template import RequestContext

from recalldesk.console.claim_undo import decided_last

register = template.Library()


@register.inclusion_tag("console/claim/undo.html", takes_context=True)
def undo_banner(context: RequestContext, but: int | None = None) -> dict[str, Any]:
    """What was decided last and can still be undone; `but`: a decision that the page itself has."""
    request = context.request
    last = decided_last(request)
    return {
        "last": last if last is None or last.decision_id != but else None,
        "query": context.get("query", ""),
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag
def percent(part: float) -> str:
    """A part of one in whole hundredths, never rounded up to certainty."""
    return str(min(99, round(part * 100)) if part < 1 else 100)


@register.filter
def title_of_field(name: str) -> str:
    """The name of a field as one reads it."""
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]
