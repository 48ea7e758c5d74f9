"""Deny by default (house rule 10): every page and operation declares what it needs, and means it."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from srok.ground.accounts.models import Office, Officer
from srok.ground.accounts.terms import Role
from tests.architecture.exceptions import FOREIGN_ROUTES
from tests.architecture.tree import report

SAMPLES = {"uuid": UUID(int=1), "int": 1, "slug": "x", "str": "x", "path": "x"}
FORBIDDEN_WORDS = re.compile(r"countr|\bkin\b|relativ|watch|export", re.IGNORECASE)


def test_every_page_declares_what_it_needs() -> None:
    report(
        [
            f"/{route} ({view.__module__}.{getattr(view, '__name__', view)})"
            for route, view in pages()
            if not hasattr(view, "srok_needs") and route not in FOREIGN_ROUTES
        ],
        "pages without `needs`",
    )


def test_needs_name_roles_that_exist() -> None:
    known = {str(role) for role in Role}
    report(
        [
            f"/{route}: {need}"
            for route, view in pages()
            for need in getattr(view, "srok_needs", ())
            if need not in known
        ],
        "roles that no officer can hold",
    )


def test_every_operation_declares_what_it_needs() -> None:
    problems = []
    for path, operation in operations():
        callbacks = [one for one in operation.auth_callbacks or () if hasattr(one, "srok_needs")]
        public = (operation.openapi_extra or {}).get("x-srok-needs") == "public"
        if not callbacks and not public:
            problems.append(f"{','.join(operation.methods)} {path}")
        if callbacks and public:
            problems.append(f"{path}: public and not")
    report(problems, "operations of the JSON API without `needs`")


def test_no_route_lists_people_by_country_or_kin() -> None:
    """No list, search or export over people abroad exists: a list of those who fled is dangerous in any hands."""
    routes = [route for route, _view in pages()] + [path for path, _operation in operations()]
    report([route for route in routes if FORBIDDEN_WORDS.search(route)], "routes that smell of a list of people")


def test_no_operation_takes_a_country_or_a_relative() -> None:
    problems = []
    for path, operation in operations():
        for model in operation.models:
            taken = [name for name in getattr(model, "model_fields", {}) if FORBIDDEN_WORDS.search(name)]
            problems += [f"{path}: {name}" for name in taken]
    report(problems, "operations that search by country or kin")


@pytest.mark.django_db
def test_a_stranger_gets_no_page_that_needs_a_role() -> None:
    """Without a sign-in every such page sends to the sign-in, whatever the method."""
    client, problems = Client(), []
    for path in guarded_paths():
        for method in ("get", "post"):
            answer = getattr(client, method)(path)
            if answer.status_code != 302 or "sign-in" not in answer["Location"]:
                problems.append(f"{method} {path}: {answer.status_code}")
    report(problems, "pages open to a stranger")


@pytest.mark.django_db
def test_an_officer_without_the_role_gets_no_page_that_needs_it() -> None:
    """Rith is signed in and holds no role: 403 everywhere, before any form or record is looked at."""
    office = Office.objects.create(code="nec.roll", name_km="x", name_en="x", timezone="Asia/Phnom_Penh")
    rith = Officer.objects.create(username="rith", office=office, roles=[])
    client, problems = Client(), []
    client.force_login(rith, backend="django.contrib.auth.backends.ModelBackend")
    for path in guarded_paths():
        for method in ("get", "post"):
            answer = getattr(client, method)(path)
            if answer.status_code != 403:
                problems.append(f"{method} {path}: {answer.status_code}")
    report(problems, "pages open to an officer without the role")


@cache
def pages() -> tuple[tuple[str, Any], ...]:
    """Every route that is not the JSON API's, with its view."""
    found = _walk(get_resolver().url_patterns, "")
    return tuple((route, view) for route, view in found if "ninja" not in str(getattr(view, "__module__", "")))


def operations() -> Iterator[tuple[str, Any]]:
    """Every operation of the JSON API."""
    from srok.project.api import api

    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                yield f"{prefix}{path}", operation


def guarded_paths() -> list[str]:
    """A path of every page that needs a role, with sample values in it."""
    return [
        "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda found: str(SAMPLES.get(found[1] or "str", date(2025, 5, 1))), route)
        for route, view in pages()
        if getattr(view, "srok_needs", None)
    ]


def _walk(patterns: list[Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, prefix + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield prefix + str(one.pattern), one.callback
