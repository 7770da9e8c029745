"""Files of gift codes come in, line by line accounted for, by the parts that import serials."""
