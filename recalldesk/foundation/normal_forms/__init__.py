"""One way of writing for what people write in many: what two claims share is found by it.

All of it is pure. A form is for comparing only; what is kept and shown is what was given.
"""

FORMS_VERSION = 2
"""Raised with every change of a form: the keys of filings are made anew then."""
