"""GraphQL's own schema under fire, and how production opens it.

Documents are generated from the schema, so that whatever is added to it is tried too.
"""

import json

import pytest
from django.db import transaction
from graphql import GraphQLScalarType, is_specified_scalar_type
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import Mode, from_schema, nodes

from config.graphql import schema

from .test_settings import PRODUCTION, manage

SCHEMA = schema.graphql_schema
# The project's scalars take text; most of it means nothing to them.
SCALARS = {
    name: st.text(max_size=20).map(nodes.String)
    for name, scalar in SCHEMA.type_map.items()
    if isinstance(scalar, GraphQLScalarType) and not is_specified_scalar_type(scalar)
}
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def documents(mode: Mode) -> st.SearchStrategy[str]:
    return from_schema(SCHEMA, custom_scalars=SCALARS, codec=None, mode=mode)


@st.composite
def damaged(draw) -> str:
    """A document with a piece of it cut out, or something put in its place."""
    text = draw(documents(Mode.POSITIVE))
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, min(len(text), start + 10)))
    return text[:start] + draw(st.text(max_size=3)) + text[end:]


# The same documents in each run: a failure is no accident of the day.
fuzzed = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=100,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def answered(clients, world):
    """Return a function: what an administrator is answered, with nothing kept of it."""
    client = clients[-1]
    client.raise_request_exception = False

    def ask(**members) -> dict:
        with transaction.atomic():
            response = client.generic(
                "POST",
                "/graphql",
                json.dumps(members),
                content_type="application/json",
            )
            transaction.set_rollback(True)
        answer = response.json()
        # Refused by the view, in REST's shape, or by an operation.
        errors = answer.get("errors", [])
        codes = [error.get("code") or error["extensions"]["code"] for error in errors]
        assert response.status_code in ({200, 400} if errors else {200}), answer
        assert "error" not in codes, answer
        return answer

    return ask


@fuzzed
@given(document=documents(Mode.POSITIVE))
def test_a_valid_document_is_answered(answered, document):
    answered(query=document)


@fuzzed
@given(document=documents(Mode.NEGATIVE))
def test_an_invalid_document_is_refused(answered, document):
    assert answered(query=document)["errors"]


@fuzzed
@given(document=damaged(), variables=VALUES, name=VALUES)
def test_what_is_no_document_is_no_crash(answered, document, variables, name):
    answered(query=document, variables=variables, operationName=name)


def test_one_variable_opens_the_playground_and_the_schema_it_needs():
    result = manage("diffsettings", "--all", **PRODUCTION, GRAPHQL_PLAYGROUND="True")

    assert "GRAPHQL_PLAYGROUND = True" in result.stdout
    assert "GRAPHQL_INTROSPECTION = True" in result.stdout
