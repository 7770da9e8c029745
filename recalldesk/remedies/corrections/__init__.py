"""What counts as corrected: units repaired, replaced or refunded, here or by somebody else."""
