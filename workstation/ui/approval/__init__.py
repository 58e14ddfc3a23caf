"""The duty officer's pane."""
