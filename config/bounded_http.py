"""HTTP as uvicorn reads it with httptools, with a bound on what a request's head may take.

The parser gathers a header for as long as one comes, copying what it has with each piece: without a bound
some hundred megabytes from one stranger would hold up everybody.
"""

from __future__ import annotations

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# As much as the common proxies let through for all headers together.
MOST_HEAD_BYTES = 64 * 1024


class BoundedHttp(HttpToolsProtocol):
    """Refuses a connection whose bytes lead neither to the end of a head nor to a piece of a body."""

    _led_on = False
    _gathered = 0

    def data_received(self, data: bytes) -> None:
        self._led_on = False
        super().data_received(data)
        self._gathered = 0 if self._led_on else self._gathered + len(data)
        if self._gathered > MOST_HEAD_BYTES and not self.transport.is_closing():
            self.send_400_response("The headers of the request are too large.")

    def on_headers_complete(self) -> None:
        self._led_on = True
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._led_on = True
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._led_on = True
        super().on_message_complete()
