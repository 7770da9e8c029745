"""How effective a recall is: rates by level, way, country and week; a forecast; funnels; reach."""
