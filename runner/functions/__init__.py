"""Python functions that an operator's installed packages register: found by name, run in child processes."""
