"""The time machine: any page or wall as it was known at a moment of the past, and nothing live in it."""
