"""The wall: screens that nobody touches."""
