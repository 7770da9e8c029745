"""The forms in which an authority is told of a period."""

from django.db.models import TextChoices


class ReportForm(TextChoices):
    """`cpsc`: the form of 10/2015. The other two have no official form: they are summaries."""

    CPSC = "cpsc", "CPSC Monthly Progress Report"
    EU = "eu", "Summary for an EU authority"
    CANADA = "canada", "Summary for Health Canada"
