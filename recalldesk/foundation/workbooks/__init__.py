"""Workbooks (.xlsx, .xlsm) read as they stand in their XML, row by row. No Django.

Guarantees: macros are never run, formulas never computed, links never followed; what unpacks to too
much is refused; the rows of a sheet are counted by code that the reader of rows does not share.
"""
