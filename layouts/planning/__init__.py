"""The panel that answers: what must we do to reach the next level."""
