"""Surface: the JSON API."""
