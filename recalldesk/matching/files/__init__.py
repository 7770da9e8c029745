"""Order files of any shop -> counted lines, rejects, and the order lines that may be of a product
that is looked for.

Guarantee, the importers' law: the lines of a file are its heading's, accepted, rejected, duplicate,
blank and continued ones, as an independent count over its bytes says; no value is altered silently.
"""
