"""Approvals: opened by the engine, answered by people, decided in one function."""
