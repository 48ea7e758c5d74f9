"""Migrations of the answer book."""
