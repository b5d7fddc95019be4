"""Instructions in the hands of people: giving one, and the turns of each."""
