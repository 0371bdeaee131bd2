"""The ASGI application: pages and API by Django, live updates by Channels."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.core.asgi import get_asgi_application

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402 - Django must be set up first
from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402
from channels.sessions import SessionMiddlewareStack  # noqa: E402

from designer.api.fast_start import FastStart  # noqa: E402
from runner.aws_api.application import AwsApi  # noqa: E402
from runner.consumers import websocket_urlpatterns  # noqa: E402

application = ProtocolTypeRouter(
    {
        # Plain starts by programs and the AWS API are answered in front of Django, everything else by it.
        "http": FastStart(AwsApi(django_application)),
        # The consumer looks the user up itself, again and again: a session may end while a page is open.
        "websocket": AllowedHostsOriginValidator(SessionMiddlewareStack(URLRouter(websocket_urlpatterns))),
    }
)
