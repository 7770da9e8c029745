"""The firm's own gift codes: imported, handed out once each, shown to their owner."""
