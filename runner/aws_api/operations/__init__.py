"""The operations, by subject; importing this package enters them all."""

from . import activities as activities
from . import aliases as aliases
from . import executions as executions
from . import history as history
from . import map_runs as map_runs
from . import redrive as redrive
from . import state_machines as state_machines
from . import tags as tags
from . import task_tokens as task_tokens
from . import test_state as test_state
