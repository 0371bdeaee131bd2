from types import SimpleNamespace

import pytest
from rest_framework.test import APIRequestFactory, force_authenticate
from rest_framework.views import APIView, exception_handler

from people.permissions import HasRight, required_right
from people.rights import Right, Role

from .conftest import Office


@pytest.mark.parametrize(
    ("wanted", "action", "method", "right"),
    [
        ("view", None, "GET", Right.VIEW),
        ({"list": "view", "create": "edit"}, "create", "POST", Right.EDIT),
        ({"get": "view"}, None, "GET", Right.VIEW),
        ({"get": "view"}, None, "POST", None),
        ({"list": "view"}, "destroy", "DELETE", None),
        ({}, "list", "GET", None),
        (None, "list", "GET", None),
    ],
)
def test_a_view_says_which_right_it_wants(
    wanted: object, action: str | None, method: str, right: Right | None
) -> None:
    assert required_right(SimpleNamespace(required_right=wanted, action=action), method) is right


def answer(office: Office, role: Role | None, required: object) -> int:
    from rest_framework.response import Response

    class View(APIView):
        permission_classes = [HasRight]
        required_right = required

        def get(self, request: object) -> Response:
            return Response({})

        def get_exception_handler(self) -> object:
            return exception_handler

    request = APIRequestFactory().get("/")
    if role is not None:
        force_authenticate(request, office.person(role))
    return View.as_view()(request).status_code


def test_a_view_that_names_no_right_is_closed_to_everybody(office: Office) -> None:
    assert answer(office, Role.OWNER, None) == 403
    assert answer(office, Role.OWNER, {"post": "edit"}) == 403


def test_a_right_opens_and_its_lack_closes(office: Office) -> None:
    assert answer(office, Role.EDITOR, "edit") == 200
    assert answer(office, Role.VIEWER, "edit") == 403


def test_whoever_is_nobody_is_asked_to_sign_in(office: Office) -> None:
    assert answer(office, None, "view") == 401
