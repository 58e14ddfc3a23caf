"""Offline builders, never imported at run time."""
