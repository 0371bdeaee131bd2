"""The server's own settings, in a folder of this run's own and without the developer's .env file."""

import atexit
import os
import tempfile

_folder = tempfile.TemporaryDirectory(prefix="cuelight-tests-")
atexit.register(_folder.cleanup)
os.environ["CUELIGHT_VAR"] = _folder.name
os.environ["CUELIGHT_ENV_FILE"] = ""

from config.settings import *  # noqa: E402, F403

# The real hash takes a tenth of a second each time, on purpose.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
