"""What an owner gets: the entitlement of a unit, and the remedies ordered under it."""
