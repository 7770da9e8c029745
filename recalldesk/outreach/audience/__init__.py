"""Whom a wave of notices reaches, and whom not and why."""
