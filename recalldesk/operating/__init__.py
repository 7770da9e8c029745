"""Backups, restores, upgrades, and what is wrong with an installation."""
