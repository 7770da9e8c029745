"""Where a recalled unit is got rid of: collection sites, and how the nearest ones are found."""
