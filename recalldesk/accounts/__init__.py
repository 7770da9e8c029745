"""The staff of the firm: who they are, their role, and what each role may do."""
