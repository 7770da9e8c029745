"""The notice linter: what a recall's notice lacks of the law, and where its words are not plain.

It reads a document and knows no database; who overrides a finding is said above.
"""
