"""Certificates of partners: taken in with the report that they prove, scanned, handed out."""
