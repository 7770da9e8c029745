"""Made-up photos: labels, markings and receipts as a phone would take them, drawn from a seed.

Guarantee: the same arguments give the same picture, bit for bit, on each supported Python with the
locked libraries; each says MADE UP on itself and carries no metadata. Drawn photos flatter: what
is measured on them says how readers compare, not how well they read the world.
"""
