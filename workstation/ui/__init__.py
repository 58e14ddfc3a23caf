"""The only folder that imports PySide6."""
