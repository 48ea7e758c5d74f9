"""Tests of the credentials."""
