"""Letters to purchasers: print files with their address lists, posted, and what came back."""
