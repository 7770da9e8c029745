"""The tally of incidents: figures that are counted from rows, each with the rows behind it."""
