"""An owner's claim, from its draft to its end.

A filing is what an owner sends; it holds a claim for each unit.
"""
