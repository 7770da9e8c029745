"""The same person in several files: made-up purchasers with known truth, and how well they are
found. Nothing here is of a real person; which share of them moves, slips or shares is in `rates`.
"""
