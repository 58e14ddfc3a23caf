"""Where the files that are shipped beside the program lie."""

from pathlib import Path

RESOURCES = Path(__file__).parents[2] / "resources"
