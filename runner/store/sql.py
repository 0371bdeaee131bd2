"""Writes of many rows in one statement, for SQLite and PostgreSQL.

A row at a time through the ORM costs ten times as much (docs/performance.md). SQLite takes
`executemany`; PostgreSQL takes one JSON parameter through `json_to_recordset`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import orjson
from django.db import connection, models

Row = Sequence[Any]

# Parameters of one statement stay well below SQLite's limit of 32,766.
CHUNK = 2_000


class Table:
    """The SQL of one model's table, for a fixed choice of columns."""

    def __init__(self, model: type[models.Model], columns: Sequence[str], key: Sequence[str]) -> None:
        self.name = model._meta.db_table
        self.columns = tuple(columns)
        self.key = tuple(key)
        fields = {field.column: field for field in model._meta.concrete_fields}
        self._fields = [fields[column] for column in columns]
        self._moments = [
            place for place, field in enumerate(self._fields) if isinstance(field, models.DateTimeField)
        ]

    def insert(self, rows: Sequence[Row]) -> None:
        """Insert rows, each in the order of `columns`."""
        self._insert(rows, "")

    def upsert(self, rows: Sequence[Row]) -> None:
        """Insert rows, or replace every column of those whose key exists."""
        changed = ", ".join(f"{_q(c)} = excluded.{_q(c)}" for c in self.columns if c not in self.key)
        self._insert(rows, f" ON CONFLICT ({_list(self.key)}) DO UPDATE SET {changed}")

    def update(self, rows: Sequence[Row]) -> int:
        """Set every column but the key of the rows with that key; returns how many there were."""
        if not rows:
            return 0
        values = [c for c in self.columns if c not in self.key]
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                assign = ", ".join(f"{_q(c)} = x.{_q(c)}" for c in values)
                match = " AND ".join(f"t.{_q(c)} = x.{_q(c)}" for c in self.key)
                cursor.execute(
                    f"UPDATE {_q(self.name)} AS t SET {assign} FROM {self._recordset()} WHERE {match}",
                    [self._as_json(rows)],
                )
                return int(cursor.rowcount)
            assign = ", ".join(f"{_q(c)} = %s" for c in values)
            match = " AND ".join(f"{_q(c)} = %s" for c in self.key)
            order = [self.columns.index(c) for c in (*values, *self.key)]
            cursor.executemany(
                f"UPDATE {_q(self.name)} SET {assign} WHERE {match}",
                [[row[i] for i in order] for row in self._for_sqlite(rows)],
            )
            return int(cursor.rowcount)

    def _insert(self, rows: Sequence[Row], conflict: str) -> None:
        if not rows:
            return
        head = f"INSERT INTO {_q(self.name)} ({_list(self.columns)})"
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                # WHERE true keeps the parser from reading ON CONFLICT as a join condition.
                cursor.execute(
                    f"{head} SELECT {_list(self.columns)} FROM {self._recordset()} WHERE true{conflict}",
                    [self._as_json(rows)],
                )
            else:
                places = ", ".join(["%s"] * len(self.columns))
                cursor.executemany(
                    f"{head} VALUES ({places}){conflict}",
                    self._for_sqlite(rows),
                )

    def _for_sqlite(self, rows: Sequence[Row]) -> Sequence[Row]:
        """SQLite's adapter takes no moment with a zone: write it as Django does."""
        if not self._moments:
            return rows
        plain = []
        for row in rows:
            values = list(row)
            for place in self._moments:
                if values[place] is not None:
                    values[place] = _moment_text(values[place])
            plain.append(values)
        return plain

    def _recordset(self) -> str:
        types = ", ".join(f"{_q(field.column)} {_plain_type(field)}" for field in self._fields)
        return f"json_to_recordset(%s::json) AS x({types})"

    def _as_json(self, rows: Sequence[Row]) -> str:
        columns = self.columns
        return orjson.dumps([dict(zip(columns, row, strict=True)) for row in rows]).decode()


def delete_returning(
    model: type[models.Model],
    key: Sequence[str],
    keys: Sequence[Row],
    returning: Sequence[str],
    *,
    until: tuple[str, datetime] | None = None,
) -> list[tuple[Any, ...]]:
    """Delete the rows with these keys and return the named columns of those that existed.

    `until` spares rows whose column is later than that moment.
    """
    deleted: list[tuple[Any, ...]] = []
    also, limit = "", []
    if until is not None:
        also = f" AND {_q(until[0])} <= %s"
        limit = [connection.ops.adapt_datetimefield_value(until[1])]
    with connection.cursor() as cursor:
        for part in _parts(keys):
            cursor.execute(
                f"DELETE FROM {_q(model._meta.db_table)}"
                f" WHERE ({_list(key)}) IN ({_values(part, len(key))}){also} RETURNING {_list(returning)}",
                [*(value for row in part for value in row), *limit],
            )
            deleted.extend(cursor.fetchall())
    return deleted


def add_one(
    model: type[models.Model], column: str, key: Sequence[str], keys: Sequence[Row], **where: str
) -> None:
    """Raise a counter of the rows with these keys that also have these values."""
    also = "".join(f" AND {_q(name)} = %s" for name in where)
    with connection.cursor() as cursor:
        for part in _parts(keys):
            cursor.execute(
                f"UPDATE {_q(model._meta.db_table)} SET {_q(column)} = {_q(column)} + 1"
                f" WHERE ({_list(key)}) IN ({_values(part, len(key))}){also}",
                [*(value for row in part for value in row), *where.values()],
            )


def select_in(
    model: type[models.Model],
    key: Sequence[str],
    keys: Sequence[Row],
    columns: Sequence[str],
) -> list[tuple[Any, ...]]:
    """Return the named columns of the rows with these keys."""
    found: list[tuple[Any, ...]] = []
    with connection.cursor() as cursor:
        for part in _parts(keys):
            cursor.execute(
                f"SELECT {_list(columns)} FROM {_q(model._meta.db_table)}"
                f" WHERE ({_list(key)}) IN ({_values(part, len(key))})",
                [value for row in part for value in row],
            )
            found.extend(cursor.fetchall())
    return found


def _parts(keys: Sequence[Row]) -> Iterator[Sequence[Row]]:
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]


def _values(part: Sequence[Row], width: int) -> str:
    one = f"({', '.join(['%s'] * width)})"
    return f"VALUES {', '.join([one] * len(part))}"


def _list(columns: Sequence[str]) -> str:
    return ", ".join(_q(column) for column in columns)


def _q(name: str | None) -> str:
    return f'"{name}"'


def _plain_type(field: models.Field[Any, Any]) -> str:
    """The column's type without identity or length, as a record set takes it."""
    return (
        (field.rel_db_type(connection) or "text")
        if field.is_relation
        else (field.cast_db_type(connection) or "text")
    )


# All rows of one transaction carry the same moment.
@lru_cache(maxsize=256)
def _moment_text(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ")
