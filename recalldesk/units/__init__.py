"""Which units a recall covers: lists, ranges, patterns, their index, and the verdict."""
