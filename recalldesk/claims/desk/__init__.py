"""What the desk does with claims that were sent: open, decide, undo, answer, enter."""
