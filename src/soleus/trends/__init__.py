"""Is it really getting worse? What a series of measurements says beyond their error, and beyond ageing."""
