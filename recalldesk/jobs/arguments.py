"""What a job may be given: its arguments stand in the database in clear."""

from typing import NewType

Id = NewType("Id", str)
"""A name of ours or of a provider's, in the form of one, that tells nothing of a person."""
