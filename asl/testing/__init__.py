"""One state, run by itself: what TestState and the studio's "Test state" show."""
