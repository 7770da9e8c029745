"""How ready a firm is for its launch day: what was seen of the installation, and in the drill."""
