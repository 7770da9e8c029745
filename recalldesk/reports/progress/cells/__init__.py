"""The cells of the form, a file for each of its sections: their words, their rows."""
