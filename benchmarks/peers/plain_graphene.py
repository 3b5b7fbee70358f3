"""Graphene as most projects write it: object types over models, no batching."""

import graphene
from apps.accounts.models import User
from apps.catalog.models import Category, Product, Review, Tag
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from graphene_django import DjangoConnectionField, DjangoObjectType
from graphene_django.views import GraphQLView


class AuthorType(DjangoObjectType):
    class Meta:
        model = User
        fields = ["full_name"]


class ReviewType(DjangoObjectType):
    class Meta:
        model = Review
        interfaces = [graphene.relay.Node]
        fields = ["author", "rating", "text", "created_at"]

    @classmethod
    def get_queryset(cls, queryset, info):
        return queryset.order_by("-id")


class TagType(DjangoObjectType):
    class Meta:
        model = Tag
        fields = ["slug", "name"]


class CategoryType(DjangoObjectType):
    class Meta:
        model = Category
        fields = ["slug", "name", "products"]


class ProductType(DjangoObjectType):
    rating = graphene.Decimal()

    class Meta:
        model = Product
        interfaces = [graphene.relay.Node]
        fields = [
            "sku",
            "slug",
            "name",
            "price",
            "currency",
            "stock",
            "rating_count",
            "category",
            "tags",
            "reviews",
            "created_at",
        ]

    @classmethod
    def get_queryset(cls, queryset, info):
        return queryset.filter(is_active=True).order_by("-id")


class Query(graphene.ObjectType):
    products = DjangoConnectionField(ProductType)


schema = graphene.Schema(query=Query)
urlpatterns = [path("graphql", csrf_exempt(GraphQLView.as_view(schema=schema)))]
