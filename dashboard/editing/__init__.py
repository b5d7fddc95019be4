"""What people enter themselves: checked, kept, and signed in the audit log."""
