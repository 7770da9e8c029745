"""The firm's own warehouse: it gets a pick list, and gives tracking numbers back."""
