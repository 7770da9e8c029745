"""Recalls of others: what an authority's feed says, and the model numbers found in it."""
