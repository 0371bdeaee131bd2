"""The Amazon States Language: parsing, validation, expressions and a pure interpreter.

Nothing in here knows Django, the network, the clock or a source of chance.
"""
