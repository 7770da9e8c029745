"""Whether the domains from which mail leaves have the records that let it arrive. Asks name servers
and nobody else; knows no rows.
"""
