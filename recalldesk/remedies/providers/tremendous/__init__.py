"""Gift cards by Tremendous: ordered under the remedy's id, mailed by them, read again by us."""
