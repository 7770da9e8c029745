"""What leaves the desk for one person: mails and text messages, and what became of each."""
