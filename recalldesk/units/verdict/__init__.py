"""ENGINE, no Django: from the text of a serial to a verdict with its reasons."""
