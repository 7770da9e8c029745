"""What providers did against what rows say, both ways."""
