"""Panels: a reading in one of a few forms."""
