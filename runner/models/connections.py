"""Stored credentials, and the hosts they may be used against."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models


class Connection(models.Model):
    """Its secret is encrypted, written and replaced, never shown again."""

    class Kind(models.TextChoices):
        HTTP = "http"
        OPENAI = "openai"  # any server that speaks the OpenAI protocol
        AWS = "aws"

    class Auth(models.TextChoices):
        NONE = "none"
        BEARER = "bearer"  # {token}
        BASIC = "basic"  # {username, password}
        API_KEY = "api_key"  # {header, value}
        OAUTH = "oauth"  # client credentials: {client_id, client_secret}; settings: token_url, scope
        AWS = "aws"  # {access_key_id, secret_access_key, session_token?}

    class Status(models.TextChoices):
        UNKNOWN = "unknown"
        OK = "ok"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workspace = models.ForeignKey("people.Workspace", on_delete=models.CASCADE, related_name="connections")
    name = models.SlugField(max_length=80)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    base_url = models.URLField(max_length=500, blank=True)
    hosts: models.JSONField[list[str], list[str]] = models.JSONField(
        default=list, blank=True, help_text="host:port pairs; empty: the base URL's own"
    )
    settings: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        default=dict, blank=True, help_text="default model, region, headers; no secrets"
    )
    auth_type = models.CharField(max_length=16, choices=Auth.choices, default=Auth.NONE)
    secret = models.TextField(blank=True, help_text="encrypted JSON")
    created_by = models.CharField(max_length=150, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.UNKNOWN)
    status_detail = models.TextField(blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "name"], name="connection_name_once_per_workspace")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_secret(self) -> bool:
        return bool(self.secret)
