"""The rows that the runner keeps."""

from .activities import Activity
from .approvals import Approval, Recipient, Vote
from .connections import Connection
from .execution import Attempt, Entry, Execution, Frame, Inbox, Item, Timer
from .mail import Mail
from .map_runs import MapRun
from .state_machines import Alias, Revision, Route, StateMachine, Tag, Version

__all__ = [
    "Activity",
    "Alias",
    "Approval",
    "Attempt",
    "Connection",
    "Entry",
    "Execution",
    "Frame",
    "Inbox",
    "Item",
    "Mail",
    "MapRun",
    "Recipient",
    "Revision",
    "Route",
    "StateMachine",
    "Tag",
    "Timer",
    "Version",
    "Vote",
]
