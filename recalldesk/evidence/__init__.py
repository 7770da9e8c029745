"""Photos and receipts: received, kept sealed, scanned, cleaned, shown."""
