"""What must be done to reach a level: the cheapest sets of steps by mixed-integer optimisation. Knows no data."""
