"""What must be there before anything is served: tables, the first account, the examples."""

from collections.abc import Callable

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

Say = Callable[[str], object]


def prepare(say: Say) -> str:
    """Bring the database up to date; returns what to print of the first account, once, or nothing.

    Safe to run again, and from several processes: what is there is left alone.
    """
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Bringing the database up to date …")
        call_command("migrate", verbosity=0, interactive=False)

    from people.bootstrap import ensure_first_workspace

    made = ensure_first_workspace()
    load_examples(say)
    connection.close()
    if made is None:
        return ""
    return f"\nYour first account, also in {made.path} (readable by you alone):\n\n{made.text}"


def load_examples(say: Say) -> None:
    """Make a workflow of each example that the first workspace does not have yet."""
    from designer.examples import load_examples as load

    for name in load():
        say(f"Example {name} is ready")
