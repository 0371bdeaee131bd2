"""A package such as an operator installs: its functions are registered by its entry points."""
