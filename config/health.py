"""For health checks of containers, which have no curl: exits with 0 where all is well.

python -m config.health http://127.0.0.1:8000/healthz    a web process
python -m config.health worker                           what a worker needs: the database and the broker
"""

import os
import sys
from urllib.request import urlopen


def main(what: str) -> int:
    """Return 0, or raise what is wrong."""
    if what != "worker":
        with urlopen(what, timeout=4) as answer:  # noqa: S310 - the address stands in docker-compose.yml
            return 0 if answer.status == 200 else 1
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.db import connection

    from config.celery import app

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    with app.connection_for_read() as broker:
        broker.ensure_connection(max_retries=1, timeout=3)
    return 0


if __name__ == "__main__":
    # Not through exit handlers: the pool of database connections would take its time.
    code = main(sys.argv[1])
    sys.stdout.flush()
    os._exit(code)
