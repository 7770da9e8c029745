"""A claim is held against its photos and all other claims, and what the rule says is kept."""
