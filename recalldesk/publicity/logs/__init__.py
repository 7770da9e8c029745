"""A proxy's access log comes in: which of its lines are hits on a recall's pages, each once."""
