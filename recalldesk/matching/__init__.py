"""ENGINE, no Django: order files -> orders of affected units -> who is the same person.

Knows nothing of recalls, purchasers or a database: it is given identifiers, windows and files, and
gives back rows with line numbers, strengths and reasons.
"""
