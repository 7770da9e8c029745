"""A whole recall is written out in open formats, for leaving."""
