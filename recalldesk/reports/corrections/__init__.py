"""Units corrected, by level and week; how they were got rid of; and the rows behind each number."""
