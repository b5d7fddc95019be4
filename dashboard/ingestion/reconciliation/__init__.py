"""What reconciliation looks for, one subject per file; each says what it found in Indonesian, with counts."""
