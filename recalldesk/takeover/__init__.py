"""A recall that was run elsewhere comes in, and a whole recall leaves in open formats."""
