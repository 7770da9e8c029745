"""Owners by the hundred: one list of serials, one contact, one filing.

docs/owners-by-the-hundred.md says how; every unit of it is a claim like any other.
"""
