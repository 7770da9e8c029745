"""Files of collection sites and of postal codes come in, by the importers' law."""
