"""The page at the link of a notice: what to do, and one-click answers."""
