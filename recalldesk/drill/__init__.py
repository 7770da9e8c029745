"""The rehearsal: a whole recall in a sandbox, with made-up owners, and how ready the firm is."""
