"""Signing in, and whose request this is."""
