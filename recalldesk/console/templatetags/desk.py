"""Filters for the templates of the desk."""

import json

from django import template

register = template.Library()


@register.filter
def as_json(value: object) -> str:
    """A value for a script, to stand in an attribute; escaped there as any text is."""
    return json.dumps(value)
