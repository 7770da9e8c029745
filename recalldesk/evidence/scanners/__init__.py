"""Virus scanners behind one interface: clamd, or openly none."""
