"""Mail: rows in an outbox, sent afterwards, tried again, and what came of it shown where it matters."""
