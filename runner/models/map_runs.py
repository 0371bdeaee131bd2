"""Map Runs as rows: what a distributed Map state started, and within which bounds."""

from __future__ import annotations

import uuid

from django.db import models


class MapRun(models.Model):
    """One visit to a distributed Map state; its children are executions of their own.

    How many of them wait, run and have ended is counted from their rows, and the frame of the Map
    state (`execution`, `frame`, `wait`) keeps what the interpreter needs.
    """

    id = models.BigAutoField(primary_key=True)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False, help_text="the end of its ARN")
    execution = models.ForeignKey("runner.Execution", on_delete=models.CASCADE, related_name="map_runs")
    frame = models.IntegerField()
    wait = models.IntegerField()
    state = models.CharField(max_length=80)
    scope = models.TextField(default="[]", help_text="JSON: the containers around the state, as of an entry")
    label = models.CharField(max_length=80, help_text="Label, or a name that stands for the state")
    status = models.CharField(max_length=16, default="RUNNING")
    is_express = models.BooleanField(default=False)
    total = models.IntegerField(help_text="items, or batches of them")
    max_concurrency = models.IntegerField(default=0)
    tolerated_failure_count = models.BigIntegerField(default=0)
    tolerated_failure_percentage = models.FloatField(default=0)
    started_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    redrive_count = models.IntegerField(default=0)
    redriven_at = models.DateTimeField(null=True)

    class Meta:
        # Also lists the Map Runs of an execution, and finds the one of a wait.
        indexes = [models.Index(fields=["execution", "frame", "wait"], name="map_run_by_wait")]

    def __str__(self) -> str:
        return f"{self.label}:{self.key}"

    @property
    def arn(self) -> str:
        """The ARN; reads the execution's machine and its workspace, so select them with the Map Run."""
        machine = self.execution.state_machine.arn.replace(":stateMachine:", ":mapRun:")
        return f"{machine}/{self.label}:{self.key}"
