"""Every setting, read from the environment, each with a default that works on a bare machine."""

from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from environs import Env

from config.own_secrets import kept_secret

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
if env_file := env.str("CUELIGHT_ENV_FILE", str(BASE_DIR / ".env")):
    env.read_env(env_file, override=False)

# --- Where it runs -----------------------------------------------------------------------------------

CUELIGHT_VERSION = "0.1.0"
CUELIGHT_VAR = Path(env.str("CUELIGHT_VAR", str(BASE_DIR / "var")))
CUELIGHT_VAR.mkdir(parents=True, exist_ok=True, mode=0o700)
with suppress(PermissionError):  # where it is not ours, its owner has said who may read it
    CUELIGHT_VAR.chmod(0o700)
CUELIGHT_HOST = env.str("CUELIGHT_HOST", "127.0.0.1")
CUELIGHT_PORT = env.int("CUELIGHT_PORT", 8000)
CUELIGHT_BASE_URL = env.str("CUELIGHT_BASE_URL", "").rstrip("/") or f"http://127.0.0.1:{CUELIGHT_PORT}"
# What states that call Step Functions itself ask (runner.running).
CUELIGHT_STATES_API = "runner.aws_api.inside.states_api"
CUELIGHT_REGION = env.str("CUELIGHT_REGION", "us-east-1")
# Where the server finds its own demonstration endpoints; behind a proxy this is not the base URL.
CUELIGHT_OWN_URL = env.str("CUELIGHT_OWN_URL", "").rstrip("/") or f"http://127.0.0.1:{CUELIGHT_PORT}"

_base = urlsplit(CUELIGHT_BASE_URL)
_secure = _base.scheme == "https"

# --- Secrets and the first account -------------------------------------------------------------------

SECRET_KEY = env.str("CUELIGHT_SECRET_KEY", "") or kept_secret(CUELIGHT_VAR / "secret_key")
# Fernet keys; the first encrypts, all decrypt.
CUELIGHT_ENCRYPTION_KEYS: list[str] = env.list("CUELIGHT_ENCRYPTION_KEYS", []) or [
    kept_secret(CUELIGHT_VAR / "encryption_key")
]
CUELIGHT_WORKSPACE_NAME = env.str("CUELIGHT_WORKSPACE_NAME", "My workspace")
CUELIGHT_ADMIN_EMAIL = env.str("CUELIGHT_ADMIN_EMAIL", "admin@localhost")
CUELIGHT_ADMIN_PASSWORD = env.str("CUELIGHT_ADMIN_PASSWORD", "")
CUELIGHT_API_TOKEN = env.str("CUELIGHT_API_TOKEN", "")
CUELIGHT_ACCESS_KEY_ID = env.str("CUELIGHT_ACCESS_KEY_ID", "")
CUELIGHT_SECRET_ACCESS_KEY = env.str("CUELIGHT_SECRET_ACCESS_KEY", "")
# host:port pairs that may be reached although their address is private.
CUELIGHT_HTTP_ALLOW: list[str] = env.list("CUELIGHT_HTTP_ALLOW", [])

DEBUG = False
ALLOWED_HOSTS: list[str] = env.list("CUELIGHT_ALLOWED_HOSTS", []) or [
    "127.0.0.1",
    "localhost",
    "[::1]",
    *([_base.hostname] if _base.hostname else []),
]
CSRF_TRUSTED_ORIGINS = [f"{_base.scheme}://{_base.netloc}"]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = _secure
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = _secure
CSRF_FAILURE_VIEW = "runner.api.problems.csrf_failure"
SECURE_HSTS_SECONDS = 31_536_000 if _secure else 0
SECURE_REFERRER_POLICY = "same-origin"
if env.bool("CUELIGHT_TRUST_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
CUELIGHT_CONTENT_SECURITY_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "worker-src": "'self'",
    # React Flow places its nodes with style attributes.
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}

# --- Applications and requests -----------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "channels",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "people",
    "runner",
    "designer",
    "config",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.security_headers.SecurityHeadersMiddleware",
    "config.static_files.StaticFilesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
AUTH_USER_MODEL = "people.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/login"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "en"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"
# In which deadlines are told to people who have no account, in mails and on review pages.
CUELIGHT_TIME_ZONE = env.str("CUELIGHT_TIME_ZONE", "UTC")
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
FRONTEND_DIST = Path(env.str("CUELIGHT_FRONTEND_DIST", str(BASE_DIR / "frontend" / "dist")))
STATIC_URL = "/static/"
STATICFILES_DIRS = [FRONTEND_DIST] if FRONTEND_DIST.is_dir() else []
# Finders serve the build where it lies: nothing to collect, nothing to forget after a build.
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
# Vite names its assets <name>-<hash>.<ext>.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+-[0-9A-Za-z_-]{8}\..+$"

# --- Database ----------------------------------------------------------------------------------------

DATABASE_URL = env.str("DATABASE_URL", "") or f"sqlite:///{CUELIGHT_VAR / 'cuelight.sqlite3'}"


def _database(url: str) -> dict[str, Any]:
    """Returns Django's settings for the database at `url`, with what this project relies on."""
    import dj_database_url

    database: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=0))
    options = database.setdefault("OPTIONS", {})
    if database["ENGINE"].endswith("sqlite3"):
        # IMMEDIATE: a transaction that reads and then writes would otherwise fail with "database is locked".
        options["transaction_mode"] = "IMMEDIATE"
        options["timeout"] = 30
        options["init_command"] = (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;"
        )
        database["TEST"] = {"NAME": str(CUELIGHT_VAR / "test.sqlite3")}
    else:
        # Every request under ASGI has its own thread: without a pool, every request is a new connection.
        options["pool"] = {"min_size": 2, "max_size": env.int("CUELIGHT_DATABASE_POOL", 20), "timeout": 30}
    return database


DATABASES = {"default": _database(DATABASE_URL)}

# --- Broker, channel layer, cache, blobs, mail -------------------------------------------------------

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", "") or "memory://localhost/"
# One process holds everything: the server runs a worker of its own.
CUELIGHT_EMBEDDED = CELERY_BROKER_URL.startswith("memory:")
# A build that was made again while the server runs is found; many web processes look once.
WHITENOISE_AUTOREFRESH = CUELIGHT_EMBEDDED
# Threads that take Celery's messages, and calls that one worker makes side by side.
CUELIGHT_WORKER_THREADS = env.int("CUELIGHT_WORKER_THREADS", 4)
# The embedded server installs its small language model once the page is up.
CUELIGHT_FETCH_MODEL = env.bool("CUELIGHT_FETCH_MODEL", True)
# A claim that its worker did not renew for so long is lost, and its attempt is done again.
CUELIGHT_LEASE_SECONDS = env.float("CUELIGHT_LEASE_SECONDS", 20.0)
CUELIGHT_WORKER_SLOTS = env.int("CUELIGHT_WORKER_SLOTS", 64)
# What one call of an installed function may use, and how many run side by side in a process.
CUELIGHT_FUNCTION_SECONDS = env.float("CUELIGHT_FUNCTION_SECONDS", 300.0)
CUELIGHT_FUNCTION_MEMORY_MB = env.int("CUELIGHT_FUNCTION_MEMORY_MB", 1024)
CUELIGHT_FUNCTION_OUTPUT_BYTES = env.int("CUELIGHT_FUNCTION_OUTPUT_BYTES", 6 * 1024 * 1024)
CUELIGHT_FUNCTION_PROCESSES = env.int("CUELIGHT_FUNCTION_PROCESSES", 4)
# Lets several installations share one Redis.
CUELIGHT_REDIS_PREFIX = env.str("CUELIGHT_REDIS_PREFIX", "cuelight")
CHANNEL_LAYER_URL = env.str("CHANNEL_LAYER_URL", "memory://")
CHANNEL_LAYERS: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 1000}}
    if CHANNEL_LAYER_URL.startswith("memory:")
    else {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        "CONFIG": {
            # A channel is read with a wait of 5 s, which redis-py by itself would cut off at the same time.
            "hosts": [{"address": CHANNEL_LAYER_URL, "socket_timeout": 30, "health_check_interval": 30}],
            "prefix": f"{CUELIGHT_REDIS_PREFIX}:layer",
            "capacity": 1000,
            "expiry": 30,
        },
    }
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": CHANNEL_LAYER_URL,
        "KEY_PREFIX": CUELIGHT_REDIS_PREFIX,
    }
    if CHANNEL_LAYER_URL.startswith(("redis:", "rediss:"))
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
BLOB_STORE_URL = env.str("BLOB_STORE_URL", "") or (CUELIGHT_VAR / "blobs").resolve().as_uri()

DEFAULT_FROM_EMAIL = env.str("CUELIGHT_MAIL_FROM", "Cuelight <cuelight@localhost>")
EMAIL_URL = env.str("EMAIL_URL", "mailbox:")
EMAIL_TIMEOUT = 20
if EMAIL_URL.startswith("mailbox"):
    # Nothing leaves: mails stay in the database and are read on the Mailbox page.
    EMAIL_BACKEND = "runner.mail.mailbox.MailboxBackend"
else:
    import dj_email_url

    _email = dj_email_url.parse(EMAIL_URL)
    EMAIL_BACKEND = _email["EMAIL_BACKEND"]
    EMAIL_HOST = _email["EMAIL_HOST"]
    EMAIL_PORT = _email["EMAIL_PORT"]
    EMAIL_HOST_USER = _email["EMAIL_HOST_USER"]
    EMAIL_HOST_PASSWORD = _email["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS = _email["EMAIL_USE_TLS"]
    EMAIL_USE_SSL = _email["EMAIL_USE_SSL"]

# --- Celery: an alarm clock, not a store -------------------------------------------------------------

CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_RESULT_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# A hint that cannot be sent is no error: the sweeper finds the row.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {}
if CUELIGHT_EMBEDDED:
    CELERY_BROKER_TRANSPORT_OPTIONS["polling_interval"] = 0.01
elif CELERY_BROKER_URL.startswith("redis"):
    CELERY_BROKER_TRANSPORT_OPTIONS |= {
        "global_keyprefix": f"{CUELIGHT_REDIS_PREFIX}:",
        "socket_connect_timeout": 2,
        "socket_keepalive": True,
    }
CELERY_TASK_DEFAULT_QUEUE = "work"
CELERY_TASK_ROUTES = {"runner.tasks.deliver_mail": {"queue": "mail"}}
CELERY_TASK_CREATE_MISSING_QUEUES = True
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_ENABLE_UTC = True
CELERY_TIMEZONE = "UTC"

# --- REST --------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "people.authentication.BearerAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["people.permissions.HasRight"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["runner.api.bodies.JSONBody"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "runner.api.described.WithRights",
    "EXCEPTION_HANDLER": "runner.api.problems.handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "DATETIME_FORMAT": "iso-8601",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Cuelight",
    "DESCRIPTION": "Workflows in Amazon States Language: drawn in the browser, run durably, watched live.",
    "VERSION": CUELIGHT_VERSION,
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": r"/api/",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "runner.api.described.with_problems",
    ],
    # The pages of the documentation come from this server, never from a content delivery network.
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

# --- Logging -----------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "bare": {"format": "{message}", "style": "{"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "history": {"class": "logging.StreamHandler", "formatter": "bare", "stream": "ext://sys.stdout"},
    },
    "root": {"handlers": ["console"], "level": env.str("CUELIGHT_LOG_LEVEL", "WARNING")},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.channels.server": {"level": "ERROR"},
        # What workflows have logged (docs/operations.md): lines of JSON, whatever the level of the rest.
        "cuelight.history": {"handlers": ["history"], "level": "INFO", "propagate": False},
    },
}
