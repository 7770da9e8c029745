"""The doors to what is known of order files and purchasers, each with its permission."""
