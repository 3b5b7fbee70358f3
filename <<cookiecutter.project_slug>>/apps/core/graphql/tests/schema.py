"""A schema with what the limits are about, and its address: `pytest.mark.urls`."""

from time import sleep

import graphene
from django.urls import path

from ..throttling import throttle
from ..view import GraphQLView


class NodeConnection(graphene.ObjectType):
    edges = graphene.List(lambda: NodeEdge)


class NodeEdge(graphene.ObjectType):
    node = graphene.Field(lambda: Node)


class Node(graphene.ObjectType):
    name = graphene.String()
    parent = graphene.Field(lambda: Node)
    friends = graphene.List(lambda: Node)
    tags = graphene.List(graphene.String)
    slow = graphene.String()
    children = graphene.Field(NodeConnection, first=graphene.Int(), last=graphene.Int())
    few = graphene.Field(NodeConnection, first=graphene.Int(default_value=2))

    def resolve_name(root, info):
        return "node"

    def resolve_parent(root, info):
        return Node()

    def resolve_slow(root, info):
        sleep(0.06)
        return "done"


class Colour(graphene.Enum):
    RED = "red"


class Query(graphene.ObjectType):
    node = graphene.Field(Node)
    echo = graphene.String(text=graphene.String())
    colour = graphene.String(**{"is": Colour()})
    strict = graphene.Int(number=graphene.Int(required=True))
    fails = graphene.String()
    misfit = graphene.Int()
    missing = graphene.String(required=True)

    #: What `fails` raises; each test puts its own there.
    error: Exception

    def resolve_node(root, info):
        return Node()

    def resolve_echo(root, info, text=""):
        return text

    def resolve_strict(root, info, number):
        return number

    def resolve_fails(root, info):
        raise Query.error

    def resolve_misfit(root, info):
        return "a secret of ours"


class Knock(graphene.Mutation):
    """Costs what it does in REST: one of the scope `auth`."""

    ok = graphene.Boolean(required=True)

    def mutate(root, info):
        throttle(info, "auth")
        return Knock(ok=True)


class WhoAmI(graphene.Mutation):
    email = graphene.String()

    def mutate(root, info):
        return WhoAmI(email=getattr(info.context.user, "email", None))


class Mutation(graphene.ObjectType):
    knock = Knock.Field()
    who_am_i = WhoAmI.Field()


schema = graphene.Schema(query=Query, mutation=Mutation)
urlpatterns = [
    path("graphql", GraphQLView.as_view(graphene_schema=schema), name="graphql")
]
handler500 = "apps.core.views.server_error"
