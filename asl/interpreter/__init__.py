"""The interpreter: `advance` is a pure function from an event to new frames, entries and commands."""
