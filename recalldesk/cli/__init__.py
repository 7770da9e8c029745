"""Surface: the `recalldesk` command."""
