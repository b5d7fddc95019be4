"""Rules of levels as data, one TOML file each: two axes with thresholds, a matrix, gates, and where it is all from."""
