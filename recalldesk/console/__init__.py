"""The desk's pages: staff sign in, see claims, decide them, answer owners. English only."""
