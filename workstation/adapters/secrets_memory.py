"""A key that lives as long as the process: for practice, and where nothing may stay behind."""


class MemorySecrets:
    """Keeps the key nowhere; a cache opened with it is lost with the process."""

    def __init__(self, key: bytes | None = None) -> None:
        self._key = key

    def get(self) -> bytes | None:
        """Return the key if one was put."""
        return self._key

    def put(self, key: bytes) -> None:
        """Keep *key* until the process ends."""
        self._key = key

    def status(self) -> str:
        """Say which kind of secret store is in force."""
        return "memory"
