"""Checked, bilingual requests for mutual legal assistance."""

__version__ = "0.1.0"
