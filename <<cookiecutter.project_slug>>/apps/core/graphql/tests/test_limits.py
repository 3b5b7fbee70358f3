"""Each limit stops what it is for, and lets it pass once its setting is raised."""

from unittest.mock import Mock

import pytest
from graphql import get_introspection_query

from apps.core.graphql import execution

pytestmark = pytest.mark.urls("apps.core.graphql.tests.schema")

PAGE = "children(first: %d) { edges { node { name } } }"


def nested(levels: int) -> str:
    """A query that many fields deep."""
    return "{ node " + "{ parent " * (levels - 2) + "{ name }" + " }" * (levels - 1)


def in_fragments(levels: int) -> str:
    """The same, with a fragment for each level."""
    fragments = [
        f"fragment f{level} on Node {{ parent {{ ...f{level + 1} }} }}"
        for level in range(levels - 2)
    ]
    last = f"fragment f{levels - 2} on Node {{ name }}"
    return "\n".join(["{ node { ...f0 } }", *fragments, last])


def inline(levels: int) -> str:
    return nested(levels).replace("{ name }", "{ ... on Node { ... { name } } }")


@pytest.mark.parametrize("shape", [nested, in_fragments, inline])
def test_depth(codes, settings, shape):
    settings.GRAPHQL_MAX_DEPTH = 5

    assert codes(shape(5)) == []
    assert codes(shape(6)) == ["query_too_deep"]
    settings.GRAPHQL_MAX_DEPTH = 50
    assert codes(shape(50)) == []
    assert codes(shape(51)) == ["query_too_deep"]


def test_fifty_levels_are_too_many_by_default(codes):
    assert codes(nested(50)) == ["query_too_deep"]


def test_fragments_in_circles_are_refused_as_such(ask):
    circle = "{ node { ...a } } fragment a on Node { parent { ...b } }"

    for query in (
        circle + "fragment b on Node { ...a }",
        "{ node { ...a } } fragment a on Node { ...a }",
    ):
        [error] = ask(query).json()["errors"]
        assert error["message"].startswith("Cannot spread fragment 'a' within itself")
        assert error["extensions"]["code"] == "graphql_validation"


def test_two_to_the_power_of_forty_fields_are_counted_at_once(codes, settings):
    fragments = [
        f"fragment f{n} on Node {{ a: parent {{ ...f{n + 1} }} ...f{n + 1} }}"
        for n in range(28)
    ]
    query = "{ node { ...f0 } }" + "".join(fragments) + "fragment f28 on Node { name }"

    assert codes(query) == ["query_too_deep"]
    settings.GRAPHQL_MAX_DEPTH = 50
    assert codes(query) == ["query_too_costly"]


def test_what_clients_send_again_is_parsed_once(ask, monkeypatch):
    parse = Mock(wraps=execution.parse)
    monkeypatch.setattr(execution, "parse", parse)
    query = "query Again($text: String) { echo(text: $text) }"

    for text in ("one", "two", "three"):
        answer = ask(query, variables={"text": text}).json()
        assert answer == {"data": {"echo": text}}
    assert parse.call_count == 1

    for _ in range(2):
        assert "errors" in ask("{ nobodyKnowsThis }").json()
    assert parse.call_count == 3


# What `node` selects, and what both cost.
COSTS = [
    ("name", 2),
    ("parent { name }", 3),
    # connection, and ten times edges, node, name
    (PAGE % 10, 2 + 10 * 3),
    ("children(last: 10) { edges { node { name } } }", 2 + 10 * 3),
    ("children { edges { node { name } } }", 2 + 20 * 3),
    ("children(first: null) { edges { node { name } } }", 2 + 20 * 3),
    ("children(first: -1) { edges { node { name } } }", 2 + 20 * 3),
    ("few { edges { node { name } } }", 2 + 2 * 3),
    ("friends { name }", 2 + 20),
    ("tags", 2),
    ("children(first: 3) { edges { node { %s } } }" % (PAGE % 5), 2 + 3 * (3 + 5 * 3)),
    ("...F } } fragment F on Node { parent { %s" % (PAGE % 5), 3 + 5 * 3),
]


@pytest.mark.parametrize(("selected", "cost"), COSTS)
def test_cost_multiplies_pages(codes, settings, selected, cost):
    query = f"{{ node {{ {selected} }} }}"

    settings.GRAPHQL_MAX_COST = cost
    assert codes(query) == []
    settings.GRAPHQL_MAX_COST = cost - 1
    assert codes(query) == ["query_too_costly"]


@pytest.mark.parametrize(
    ("declared", "variables", "rows"),
    [
        ("$n: Int", {"n": 7}, 7),
        ("$n: Int = 5", {}, 5),
        ("$n: Int = 5", {"n": 7}, 7),
        ("$n: Int", {}, 20),
        ("$n: Int", {"n": None}, 20),
    ],
)
def test_cost_of_a_page_from_variables(codes, settings, declared, variables, rows):
    selected = "children(first: $n) { edges { node { name } } }"
    for query in (
        f"query Q({declared}) {{ node {{ {selected} }} }}",
        f"query Q({declared}) {{ node {{ ...F }} }} "
        f"fragment F on Node {{ {selected} }}",
    ):
        settings.GRAPHQL_MAX_COST = 2 + rows * 3
        assert codes(query, variables=variables) == []
        settings.GRAPHQL_MAX_COST -= 1
        assert codes(query, variables=variables) == ["query_too_costly"]


@pytest.mark.parametrize("first", [10**9, 2**31 - 1])
def test_a_page_of_everything_costs_too_much(codes, first):
    assert codes(f"{{ node {{ {PAGE % first} }} }}") == ["query_too_costly"]


def test_a_hundred_pages_of_a_hundred_cost_too_much_by_default(codes):
    inner = "children(first: 100) { edges { node { name parent { name } } } }"

    query = "{ node { children(first: 100) { edges { node { %s } } } } }" % inner
    assert codes(query) == ["query_too_costly"]


def test_every_operation_of_a_document_is_measured(codes, settings):
    settings.GRAPHQL_MAX_COST = 40
    query = "query Cheap { echo } query Dear { node { %s } }" % (PAGE % 20)

    assert codes(query, operationName="Cheap") == ["query_too_costly"]


def test_aliases(codes, settings):
    def query(count: int) -> str:
        return "{ %s }" % " ".join(f"a{n}: echo" for n in range(count))

    settings.GRAPHQL_MAX_ALIASES = 3

    assert codes(query(3)) == []
    assert codes(query(4)) == ["too_many_aliases"]
    settings.GRAPHQL_MAX_ALIASES = 4
    assert codes(query(4)) == []


def test_five_thousand_aliases_are_not_even_read(codes):
    query = "{ %s }" % " ".join(f"a{n}: echo" for n in range(5_000))

    assert codes(query) == ["graphql_syntax"]


def test_tokens(codes, settings):
    settings.GRAPHQL_MAX_TOKENS = 5
    # `{`, three names, `}`.
    assert codes("{ echo echo echo }") == []
    assert codes("{ echo echo echo echo }") == ["graphql_syntax"]
    settings.GRAPHQL_MAX_TOKENS = 6
    assert codes("{ echo echo echo echo }") == []


def test_characters(codes, settings):
    settings.GRAPHQL_MAX_CHARACTERS = 20

    assert codes("{ echo }") == []
    assert codes("{ echo }" + " " * 20) == ["graphql_syntax"]
    settings.GRAPHQL_MAX_CHARACTERS = 30
    assert codes("{ echo }" + " " * 20) == []


def test_operations_in_a_batch(api_client, settings):
    settings.GRAPHQL_MAX_BATCH = 2
    one = {"query": '{ echo(text: "hi") }'}

    answers = api_client.post("/graphql", [one, one])
    refused = api_client.post("/graphql", [one] * 3)

    assert answers.json() == [{"data": {"echo": "hi"}}] * 2
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["code"] == "batch_too_long"
    settings.GRAPHQL_MAX_BATCH = 3
    assert api_client.post("/graphql", [one] * 3).status_code == 200
    assert api_client.post("/graphql", []).status_code == 400


def test_time(ask, settings):
    settings.GRAPHQL_TIMEOUT_SECONDS = 0.1
    # Not at the root, where an error of a field would be the end as well.
    query = "{ node { a: slow b: slow c: slow d: slow } }"

    stopped = ask(query)

    [error] = stopped.json()["errors"]
    assert error["extensions"]["code"] == "timeout"
    assert stopped.json()["data"] is None
    settings.GRAPHQL_TIMEOUT_SECONDS = 60
    assert set(ask(query).json()["data"]["node"].values()) == {"done"}


def test_the_rules_of_the_specification_are_kept(codes):
    for query in ("{ nosuch }", "{ node }", "{ echo { x } }", "{ echo(nosuch: 1) }"):
        assert codes(query) == ["graphql_validation"]


INTROSPECTION = ("{ __schema { types { name } } }", '{ __type(name: "Node") { name } }')


@pytest.mark.parametrize("query", [*INTROSPECTION, get_introspection_query()])
def test_introspection_is_off_until_it_is_on(codes, settings, query):
    assert set(codes(query)) == {"graphql_validation"}

    settings.GRAPHQL_INTROSPECTION = True
    assert codes(query) == []


def test_introspection_of_introspection_is_refused(codes, settings):
    settings.GRAPHQL_INTROSPECTION = True
    deeper = "fields { type { fields { type { fields { type { name } } } } } }"

    assert codes("{ __schema { queryType { fields { name } } } }") == []
    assert codes("{ __schema { types { %s } } }" % deeper) == ["graphql_validation"]


def test_typename_is_no_introspection(ask):
    answer = ask("{ __typename node { __typename } }").json()

    assert answer["data"] == {"__typename": "Query", "node": {"__typename": "Node"}}


@pytest.mark.parametrize(
    "query",
    [
        "{ ech }",
        "{ node { nam } }",
        "{ echo(tex: 1) }",
        "{ ... on Nod { name } }",
        "query ($colour: Colour = RE) { colour(is: $colour) }",
        "query ($colour: Colour) { colour(is: $colour) }",
    ],
)
def test_no_name_is_suggested_unless_the_schema_is_open(ask, settings, query):
    def suggested() -> bool:
        return "Did you mean" in ask(query, variables={"colour": "RE"}).text

    assert not suggested()
    settings.GRAPHQL_INTROSPECTION = True
    assert suggested()
