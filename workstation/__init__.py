"""The desktop workstation of a 110 call-taker and its transfer gateway."""

VERSION = "0.1.0"
