"""What an authority is told of a period: every cell computed from rows, and frozen when filed."""
