"""Workspaces, users, groups, roles and rights, API tokens, access keys, and the audit log."""
