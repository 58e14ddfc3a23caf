"""The form a call is written down in."""
