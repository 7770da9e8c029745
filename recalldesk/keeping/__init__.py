"""How long what is kept: terms, legal holds, erasures before their day, and what was erased."""
