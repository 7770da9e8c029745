"""Photos that owners send, for a claim or for the second look of a check."""
