"""An owner's claim as pages: filling it in, step by step, and following it."""
