"""What runs the matching expression: DuckDB on this machine, or Spark."""
