"""What every room stands on: the clock, the text of a serial, private files. Imports no other."""
