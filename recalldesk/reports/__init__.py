"""What the rows say, put together for whoever has to account for it. Read-only but for the log."""
