"""Made-up order files of several shops, with the truth about who has an affected unit.

Guarantees: the same files from the same seed; nobody in them is a person: given names go with
family names that nobody has, mail with example.com, numbers with 555-01xx, homes with streets like
Example Street.
"""
