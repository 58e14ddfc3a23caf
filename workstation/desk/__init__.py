"""Use cases of one signed-in person."""
