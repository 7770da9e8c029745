"""Recalldesk runs a product recall end to end on the recalling firm's own server."""
