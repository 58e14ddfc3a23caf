"""Scripted callers, a played duty officer and hotline."""
