"""Files in which shops and distributors report what they corrected."""
