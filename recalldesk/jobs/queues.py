"""Queues that are worked off one job at a time in each worker, beside all others.

Guarantee: what stands in one of them keeps nothing else waiting, however long it takes.
"""

READING = "reading"
"""Photos that are read: a reading takes seconds of one core, and much memory."""
SENDING = "sending"
"""Waves of notices: each worker has one in flight, and goes on as long as some wait."""
ONE_AT_A_TIME = (READING, SENDING)
