"""Measures the engine and prints figures (`make bench`); asserts nothing."""
