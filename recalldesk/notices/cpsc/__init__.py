"""The recalls in the United States, as the CPSC's own recall feed would list them."""
