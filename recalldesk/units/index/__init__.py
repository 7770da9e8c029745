"""ENGINE, no Django: the scopes of live versions in memory-mapped files, shared by every worker."""
