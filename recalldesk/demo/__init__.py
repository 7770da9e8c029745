"""SURFACE: the demo. Everything it makes up is marked as made up."""
