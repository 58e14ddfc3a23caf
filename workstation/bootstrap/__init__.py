"""The only place where ports meet adapters: live, practice and played wiring."""
