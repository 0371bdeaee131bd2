"""Who answers: one module for each protocol, all held to one suite of tests."""
