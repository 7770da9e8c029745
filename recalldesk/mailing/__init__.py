"""What leaves the desk for one person: mails and text messages, sent by a job, with what became of them."""
