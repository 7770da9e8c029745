"""Who is told directly: today, those who asked to hear when a recall grows."""
