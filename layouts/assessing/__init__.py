"""One assessed indicator: its history with evidence, and the forms of those who may move it."""
