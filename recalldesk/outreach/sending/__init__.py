"""Gives the notices of waves away: mails and text messages, by several workers at once.

Guarantees: each worker has at most one notice in flight, written down before it leaves, so that a
worker that is killed costs at most one repeat, under the same name, and the repeat is counted; a
notice that waits is sent, whatever became of who was at it; all workers together keep the pace of
the wave; a wave that is paused or stopped sends nothing more after the notice in flight.
"""
