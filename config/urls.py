"""Which room answers which address."""

from django.templatetags.static import static
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from config.pages import designer_page, health

urlpatterns = [
    path("api/", include("runner.api.urls")),
    path("api/", include("designer.api.urls")),
    path("r/", include("runner.approvals.urls")),
    path("demo/", include("runner.demo.urls")),
    path("healthz", health),
    # Browsers ask for it on pages that name no icon, the review page among them.
    path("favicon.ico", RedirectView.as_view(url=static("favicon.svg"))),
    path("", designer_page),
    re_path(
        r"^(?:workflows|executions|approvals|connections|mailbox|settings|login)(?:/.*)?$",
        designer_page,
    ),
]

# Below /api/ every error is problem details, those that no view saw too.
handler400 = "runner.api.problems.bad_request"
handler404 = "config.pages.not_found"
handler500 = "runner.api.problems.server_error"
