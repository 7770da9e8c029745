"""Files that are enclosed with what somebody tells: a certificate with a report of stock, a
document with an answer. Recognised by what they hold, sealed, scanned, handed out once clean."""
