"""Background work: the queue's worker, and what brings a job back that a killed worker left."""
