"""Panels that people narrow with filters: a chart, its rows, its export."""
