"""The whole product, from outside: real processes, real browsers, a real mail server."""
