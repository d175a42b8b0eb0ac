"""Assess the readiness of a bilateral relationship for dialogue and cooperation in cyberspace."""

__version__ = "1.0.0"
