"""The server's own settings, in places of this run's own and without the developer's .env file."""

import atexit
import os
import tempfile

_folder = tempfile.TemporaryDirectory(prefix="cuelight-tests-")
atexit.register(_folder.cleanup)
os.environ["CUELIGHT_VAR"] = _folder.name
os.environ["CUELIGHT_ENV_FILE"] = ""
os.environ["CUELIGHT_REDIS_PREFIX"] = f"cuelight-tests-{os.getpid()}"

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES  # noqa: E402

# The real hash takes a tenth of a second each time, on purpose.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if "postgresql" in DATABASES["default"]["ENGINE"]:
    # Two runs on one machine must not meet in one database.
    DATABASES["default"]["TEST"] = {"NAME": f"test_cuelight_{os.getpid()}"}
