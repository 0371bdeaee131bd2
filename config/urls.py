"""Which room answers which address."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path, re_path

from config.pages import designer_page, health

urlpatterns: list[URLPattern | URLResolver] = [path("healthz", health)]
for prefix, room in (
    ("api/", "runner.api.urls"),
    ("api/", "designer.api.urls"),
    ("api/", "people.api.urls"),
    ("r/", "runner.approvals.urls"),
    ("demo/", "runner.demo.urls"),
):
    try:
        if find_spec(room):
            urlpatterns.append(path(prefix, include(room)))
    except ModuleNotFoundError:
        pass
urlpatterns += [
    path("", designer_page),
    re_path(
        r"^(?:workflows|executions|approvals|connections|mailbox|settings|login)(?:/.*)?$",
        designer_page,
    ),
]
