"""Wires the rooms together: settings, urls, asgi, celery and the one-process server."""
