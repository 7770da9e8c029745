"""`make chaos`: remedies are handed out while everything is killed, jumps or is full.

Guarantee: nothing of it is part of the product; it runs the product's own programs, under settings
that add a clock that jumps and a disk that fills, and judges them by what others counted.
"""
