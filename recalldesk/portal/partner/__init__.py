"""The partners' own pages: what is asked of them, stock, refunds, checks, posted notices."""
