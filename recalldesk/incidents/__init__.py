"""Harm or a near miss: what happened with a unit, and since when the firm knows of it."""
