"""What tests of whole processes stand on: a real server, a real mailbox, a real browser, real databases."""
