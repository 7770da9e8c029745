"""The draft of a Full Report under Section 15(b), filled from what is known; the rest is listed."""
