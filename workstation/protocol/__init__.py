"""The HTTP contract: messages and their one codec."""
