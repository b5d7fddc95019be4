"""Questions about the masterplan: its document, dimensions, programmes, indicators, money, and what was changed."""
