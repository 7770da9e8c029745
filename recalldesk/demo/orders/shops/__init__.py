"""The files as each shop writes them, with what is odd about each."""
