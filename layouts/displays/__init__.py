"""Screens of the wall as machines: pairing, their stream of commands, their signs of life, and the page about them."""
