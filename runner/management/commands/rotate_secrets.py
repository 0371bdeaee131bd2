"""Encrypt every stored secret with the first of CUELIGHT_ENCRYPTION_KEYS."""

from typing import Any

from django.core.management.base import BaseCommand

from runner.connections.rotation import rotate_all


class Command(BaseCommand):
    help = "Encrypt every stored secret with the first of CUELIGHT_ENCRYPTION_KEYS."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{rotate_all()} secrets are now encrypted with the newest key.")
