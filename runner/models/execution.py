"""Executions as rows: the run itself, its frames, its record, and the queue that moves it."""

from __future__ import annotations

import uuid

from django.db import models

_NO_CHILD = models.Q(map_run__isnull=True)


class Execution(models.Model):
    """One run of a revision; locked while an event is applied to it."""

    id = models.BigAutoField(primary_key=True)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    workspace = models.ForeignKey("people.Workspace", on_delete=models.CASCADE, related_name="+")
    state_machine = models.ForeignKey(
        "runner.StateMachine", on_delete=models.CASCADE, related_name="executions"
    )
    revision = models.ForeignKey("runner.Revision", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("runner.Version", null=True, on_delete=models.SET_NULL, related_name="+")
    alias_name = models.CharField(max_length=80, blank=True, help_text="the alias it was started by")
    name = models.CharField(max_length=80)
    status = models.CharField(max_length=16, default="RUNNING")
    input = models.TextField(help_text="JSON text, or a reference into the blob store")
    output = models.TextField(null=True)
    error = models.TextField(null=True)
    cause = models.TextField(null=True)
    started_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    started_by = models.CharField(max_length=150, blank=True)
    is_express = models.BooleanField(default=False)
    trace_header = models.CharField(max_length=256, blank=True)
    # A child of a distributed Map runs one ItemProcessor of the revision, on one item (or one batch).
    map_run = models.ForeignKey(
        "runner.MapRun", null=True, on_delete=models.CASCADE, related_name="executions"
    )
    item_index = models.IntegerField(null=True)
    # The interpreter's counters.
    next_seq = models.BigIntegerField(default=1)
    next_event_id = models.BigIntegerField(default=1)
    next_frame = models.IntegerField(default=0)
    transitions = models.BigIntegerField(default=0)
    redrive_count = models.IntegerField(default=0)
    redriven_at = models.DateTimeField(null=True)
    # Where a nested execution reports its end; plain numbers, since a family is never locked together.
    parent_id = models.BigIntegerField(null=True)
    parent_frame = models.IntegerField(null=True)
    parent_wait = models.IntegerField(null=True)
    parsed_output = models.BooleanField(default=False)
    # Hints are sent only while somebody watches; a tail moves this forward.
    watched_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # The names of express executions need not differ.
            models.UniqueConstraint(
                fields=["state_machine", "name"],
                name="execution_name_once_per_machine",
                condition=models.Q(is_express=False),
            )
        ]
        indexes = [
            # The list of executions of a workspace, newest first; a Map Run has its children listed apart.
            models.Index(fields=["workspace", "-id"], name="execution_by_workspace", condition=_NO_CHILD),
            # The same, by status.
            models.Index(
                fields=["workspace", "status", "-id"], name="execution_by_status", condition=_NO_CHILD
            ),
            # The last executions of each workflow, and those of one status.
            models.Index(fields=["state_machine", "-id"], name="execution_by_machine", condition=_NO_CHILD),
            models.Index(fields=["state_machine", "status", "-id"], name="execution_by_machine_status"),
            # The children that a wait started, when it is aborted.
            models.Index(
                fields=["parent_id", "parent_frame", "parent_wait"],
                name="execution_by_parent",
                condition=models.Q(parent_id__isnull=False),
            ),
            # The children of a Map Run: their counts by status, their results by index.
            models.Index(
                fields=["map_run", "status", "item_index"],
                name="execution_by_map_run",
                condition=models.Q(map_run__isnull=False),
            ),
            # The same, newest first.
            models.Index(
                fields=["map_run", "-id"],
                name="execution_in_map_run",
                condition=models.Q(map_run__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def last_seq(self) -> int:
        """The number of the newest entry."""
        return self.next_seq - 1

    @property
    def arn(self) -> str:
        """The ARN; reads machine, workspace and Map Run, so select them with the execution."""
        machine = self.state_machine.arn
        if self.map_run is not None:
            machine = f"{machine}/{self.map_run.label}"
        if self.is_express:
            return f"{machine.replace(':stateMachine:', ':express:')}:{self.name}:{self.key}"
        return f"{machine.replace(':stateMachine:', ':execution:')}:{self.name}"


class Frame(models.Model):
    """One running scope; ended frames are kept until retention, so that redrive can revive them."""

    pk = models.CompositePrimaryKey("execution_id", "number")
    execution = models.ForeignKey(Execution, on_delete=models.CASCADE, related_name="frames")
    number = models.IntegerField()
    parent = models.IntegerField(null=True)
    parent_wait = models.IntegerField(default=0)
    index = models.IntegerField(default=0)
    status = models.CharField(max_length=16)
    state = models.CharField(max_length=80, null=True)
    data = models.TextField(help_text="the frame as asl.interpreter.codec writes it")

    class Meta:
        indexes = [
            # The children of one wait of a Parallel or Map state, in order.
            models.Index(
                fields=["execution", "parent", "parent_wait", "index"],
                name="frame_children",
                condition=models.Q(parent__isnull=False),
            )
        ]


class Item(models.Model):
    """One item of a Map state, read by index when its iteration starts."""

    pk = models.CompositePrimaryKey("execution_id", "frame", "wait", "index")
    execution = models.ForeignKey(Execution, on_delete=models.CASCADE, related_name="+")
    frame = models.IntegerField()
    wait = models.IntegerField()
    index = models.IntegerField()
    value = models.TextField()


class Entry(models.Model):
    """One record of an execution: a history event, or a note (`event_id` is null)."""

    pk = models.CompositePrimaryKey("execution_id", "seq")
    execution = models.ForeignKey(Execution, on_delete=models.CASCADE, related_name="entries")
    seq = models.BigIntegerField()
    event_id = models.BigIntegerField(null=True)
    previous_event_id = models.BigIntegerField(null=True)
    type = models.CharField(max_length=64)
    at = models.DateTimeField()
    frame = models.IntegerField()
    scope = models.TextField(default="[]", help_text="JSON: [[container state, index], ...]")
    state = models.CharField(max_length=80, null=True)
    details = models.TextField(default="null")

    class Meta:
        verbose_name_plural = "entries"


class Attempt(models.Model):
    """One try of a Task state's work, while it lasts; its row is the place in the queue."""

    class Status(models.TextChoices):
        QUEUED = "QUEUED"  # may be claimed from `due_at` on
        CLAIMED = "CLAIMED"  # a worker holds claim number `claim`
        SUBMITTED = "SUBMITTED"  # started; a callback, a child or a decision will end it
        OFFERED = "OFFERED"  # an activity's: waits for a worker outside that polls for it

    pk = models.CompositePrimaryKey("execution_id", "frame", "wait")
    execution = models.ForeignKey(Execution, on_delete=models.CASCADE, related_name="attempts")
    frame = models.IntegerField()
    wait = models.IntegerField()
    number = models.IntegerField(help_text="tries of this visit to the state, from 1")
    status = models.CharField(max_length=16, choices=Status.choices)
    state = models.CharField(max_length=80)
    resource = models.TextField()
    request = models.TextField(help_text="JSON: arguments, context, task token, time limits")
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claim = models.IntegerField(default=0)
    worker = models.CharField(max_length=80, blank=True)
    renewals = models.IntegerField(default=0)
    poll = models.TextField(null=True, help_text="what the integration left for its next poll")
    effect = models.CharField(max_length=16, blank=True, help_text="approval | child | mail, once submitted")
    partial = models.TextField(default="", blank=True, help_text="model text so far")

    class Meta:
        indexes = [
            # What is due, the oldest first.
            models.Index(fields=["due_at"], name="attempt_due", condition=models.Q(status="QUEUED")),
            # The claims that are held: renewal by their worker, expiry by the sweeper.
            models.Index(fields=["worker"], name="attempt_claimed", condition=models.Q(status="CLAIMED")),
            # What an activity has to offer, the oldest first.
            models.Index(
                fields=["resource", "queued_at"], name="attempt_offered", condition=models.Q(status="OFFERED")
            ),
        ]


class Timer(models.Model):
    """A moment at which `TimerFired` is due."""

    pk = models.CompositePrimaryKey("execution_id", "frame", "wait", "purpose")
    execution = models.ForeignKey(Execution, on_delete=models.CASCADE, related_name="timers")
    frame = models.IntegerField()
    wait = models.IntegerField()
    purpose = models.CharField(max_length=20)
    due_at = models.DateTimeField()

    class Meta:
        # What is due, the oldest first.
        indexes = [models.Index(fields=["due_at"], name="timer_due")]


class Inbox(models.Model):
    """An event for an execution, to be applied in a transaction of its own."""

    id = models.BigAutoField(primary_key=True)
    execution = models.ForeignKey(Execution, on_delete=models.CASCADE, related_name="+")
    event = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "inbox"
