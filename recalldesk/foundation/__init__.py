"""What every room stands on: the clock, the text of a serial. Imports nothing of ours."""
