"""Shops that hand over no addresses: they tell their customers themselves, and say whom."""
