"""Order lines x what a recall looks for -> which lines are of an affected product, how sure it is,
and why.

Guarantee: no line that may be of a wanted product is dropped silently. Each ends as strong, as
weak, or outside with one reason, and all three are counted.
"""
