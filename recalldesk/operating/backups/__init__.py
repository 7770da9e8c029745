"""Backups: taken, kept for their days, found again."""
