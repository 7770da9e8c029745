"""Who bought affected units: order files of shops, what they match, and who is the same person."""
