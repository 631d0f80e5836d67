"""Labelled texts, and how findings are scored against them."""
