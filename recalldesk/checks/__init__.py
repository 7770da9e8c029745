"""A check as it comes in: who asks, from where, how often, and what was answered."""
