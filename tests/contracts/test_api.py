"""The JSON API against its own OpenAPI description: generated calls never end in an inner failure."""

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error

from srok.project.wsgi import application

schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application)


@pytest.mark.django_db
@schema.parametrize()
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
def test_no_call_ends_in_an_inner_failure(case):
    answer = case.call()
    case.validate_response(answer, checks=[not_a_server_error])
