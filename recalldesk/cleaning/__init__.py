"""Any bytes -> a plain picture, decoded in a process of its own with limits. No Django."""
