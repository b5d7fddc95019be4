"""Alerts in the hands of people: what waits, who takes it on, what is silent."""
