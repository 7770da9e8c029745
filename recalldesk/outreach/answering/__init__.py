"""What whoever was told answers, and what follows from it."""
