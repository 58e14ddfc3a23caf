"""The orders of this console."""
