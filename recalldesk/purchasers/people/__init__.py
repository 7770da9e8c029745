"""Who is one person: purchasers and owners' filings, joined by `matching.people`, kept as rows."""
