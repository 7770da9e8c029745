"""Files that are handed out, to a warehouse or a bank, and what comes back from there."""
