"""Waves of notices: written, approved by another, started, made into notices."""
