"""Hits on a recall's public pages, as a picture."""
