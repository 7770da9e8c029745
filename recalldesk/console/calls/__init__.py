"""Somebody is on the line: what to say, what was asked, what is entered for them."""
