"""`manage.py prepare`: migrations, examples and the first account; safe to run again."""

from typing import Any

from django.core.management.base import BaseCommand

from config import preparation


class Command(BaseCommand):
    help = "Brings the database up to date, loads the examples and makes the first account."

    def handle(self, *args: Any, **options: Any) -> None:
        account = preparation.prepare(self.stdout.write)
        if account:
            self.stdout.write(account)
