"""The door to partners, what they were told, and their stock."""
