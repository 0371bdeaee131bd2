"""Executions in the database: set-based reads and writes for the engine; the ORM serves everybody else."""
