"""Makes the wiring an application, so that it may bring management commands of its own."""

from django.apps import AppConfig


class WiringConfig(AppConfig):
    name = "config"
    label = "wiring"
    verbose_name = "Wiring"

    def ready(self) -> None:
        # Whoever sends a task must know the broker: without this, Celery would ask a RabbitMQ on localhost.
        from config import celery  # noqa: F401
