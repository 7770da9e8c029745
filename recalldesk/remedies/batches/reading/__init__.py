"""What a warehouse or bank sends back: tables, ISO 20022 pain.002, NACHA returns."""
