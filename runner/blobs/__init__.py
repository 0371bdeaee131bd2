"""Large values outside the database: one interface, a folder or S3 behind it."""

from .interface import BlobMissing, BlobStore
from .stores import open_store, store

__all__ = ["BlobMissing", "BlobStore", "open_store", "store"]
