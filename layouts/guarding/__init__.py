"""What stands between the network and the pages: headers, sizes, rates, tokens and failures."""
