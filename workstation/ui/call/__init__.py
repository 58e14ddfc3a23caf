"""The telephone on screen."""
