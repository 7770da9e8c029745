"""Queues that are worked off one job at a time in each worker, beside all others.

Guarantee: what stands in one of them keeps nothing else waiting, however long it takes.
"""

READING = "reading"
"""Photos that are read: a reading takes seconds of one core, and much memory."""
ONE_AT_A_TIME = (READING,)
