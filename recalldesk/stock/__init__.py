"""Partners and what they have: told to stop selling, stock, what came back and was destroyed."""
