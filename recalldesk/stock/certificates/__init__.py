"""Certificates of partners: taken in, recognised by what they hold, scanned, handed out."""
