"""The notice: what a version of a recall tells the public, and every form in which it is told."""
