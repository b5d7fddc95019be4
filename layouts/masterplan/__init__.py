"""One programme of the masterplan: what the document decides, what was reached, and the form of its owner."""
