"""Partners: entered, changed, ended, and how they come to their own page."""
