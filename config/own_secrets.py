"""Secrets the server makes for itself on its first start, kept in the var folder for their owner only."""

import base64
import os
import secrets
import tempfile
from pathlib import Path


def kept_secret(path: Path) -> str:
    """Returns the secret in `path`, 32 random bytes in URL-safe base64 (also a Fernet key); makes it once."""
    try:
        return path.read_text("ascii").strip()
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    secret = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode("ascii")
    # A name of its own and mode 0600 from the first moment; process ids repeat among containers.
    descriptor, unfinished = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secret + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        # link() refuses to replace: of two processes on their first start, both keep the first one's secret.
        os.link(unfinished, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(unfinished)
    return path.read_text("ascii").strip()
