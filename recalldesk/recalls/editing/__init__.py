"""Changing a recall file: its fields as a form shows them, and the text with just that changed."""
