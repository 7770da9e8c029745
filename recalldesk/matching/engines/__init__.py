"""What runs the matching expression: DuckDB on this machine, or Spark.

Guarantee: an engine reads Parquet and gives the rows of an expression in their order, in batches.
"""
