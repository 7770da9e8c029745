"""Surface: the owners' pages."""
