"""Files that are tables already: sheets of workbooks and Parquet files, a row a line."""
