"""Refunds by the firm's own bank, which gets payment files, or by checks."""
