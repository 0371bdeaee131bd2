"""Which room answers which address."""

from django.urls import include, path, re_path

from config.pages import designer_page, health

urlpatterns = [
    path("api/", include("runner.api.urls")),
    path("api/", include("designer.api.urls")),
    path("r/", include("runner.approvals.urls")),
    path("demo/", include("runner.demo.urls")),
    path("healthz", health),
    path("", designer_page),
    re_path(
        r"^(?:workflows|executions|approvals|connections|mailbox|settings|login)(?:/.*)?$",
        designer_page,
    ),
]
