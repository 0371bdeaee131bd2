"""What a Task state's `Resource` may name; `registry.find` maps the names to the modules here."""
