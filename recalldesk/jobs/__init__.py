"""Background work: the queue's worker, and what brings a job back that a killed worker left.

A package writes its jobs in a module `jobs.py`, which is found by its name. A job gets identifiers
of rows, numbers and enums, never anything of a person, since its arguments stand in the database in
clear. It is safe to run twice. It raises NotYet where what it needs is away.
"""
