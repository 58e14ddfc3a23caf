"""The telephony bridge: one process beside the exchange that serves every seat its own calls."""
