"""Orders are placed: what is due, by whom, how often, and what keeps them back."""
