"""Serial files that come in: every line of a file is accounted for, or nothing of it is stored."""
