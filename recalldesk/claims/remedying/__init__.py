"""A claim that was approved gets its remedy: it is ordered, followed, and its owner told."""
