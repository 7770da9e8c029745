"""Providers of remedies behind one interface: whoever sends the card, the parcel or the money."""
