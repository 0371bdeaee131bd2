"""Endpoints for the examples: a transcription service that keeps no data and needs no login."""
