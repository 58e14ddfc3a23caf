"""The transfer API server: the same lifecycle, with authority."""
