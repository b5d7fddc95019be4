"""Forms by which people enter what no source tells."""
