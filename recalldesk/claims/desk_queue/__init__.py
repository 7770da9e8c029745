"""The queue of the desk: its lists of claims, filters, pages, counts, search, views and exports."""
