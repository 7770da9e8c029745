"""What the project claims of its speed, its memory and its first promise, measured in one run."""
