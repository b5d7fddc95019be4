"""The scoreboard of agencies (OPD): what each answers for, and how it stands."""
