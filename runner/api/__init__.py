"""The REST API of what runs: parse, one call, render."""
