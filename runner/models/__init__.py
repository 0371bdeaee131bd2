"""The rows that the runner keeps."""

from .approvals import Approval, Recipient, Vote
from .connections import Connection
from .execution import Attempt, Entry, Execution, Frame, Inbox, Item, Timer
from .mail import Mail
from .state_machines import Revision, StateMachine, Version

__all__ = [
    "Approval",
    "Attempt",
    "Connection",
    "Entry",
    "Execution",
    "Frame",
    "Inbox",
    "Item",
    "Mail",
    "Recipient",
    "Revision",
    "StateMachine",
    "Timer",
    "Version",
    "Vote",
]
