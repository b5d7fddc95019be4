"""What no source sends: inputs changed at random for every parser and for the API. `make fuzz`."""
