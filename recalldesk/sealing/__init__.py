"""Personal data under seal: keys, the sealed field, keyed look-ups, the register of fields."""
