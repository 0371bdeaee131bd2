"""The REST API of the studio: parse, one call, render."""
