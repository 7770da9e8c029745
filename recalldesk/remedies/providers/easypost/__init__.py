"""Replacements by parcel, with a label bought from EasyPost and printed by the warehouse."""
