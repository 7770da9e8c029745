"""Proof: for each purchaser, where they were found, what they were told, and what came back."""
