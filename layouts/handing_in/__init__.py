"""Handing in data: templates to fill in, a preview of what would count, and the decision."""
