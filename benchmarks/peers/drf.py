"""Django REST framework as most projects write it: model serializers, page numbers."""

import django_filters
from apps.catalog.models import Category, Product
from apps.orders.models import Order, OrderLine
from django.db import transaction
from django.urls import include, path
from rest_framework import mixins, serializers, viewsets
from rest_framework.pagination import PageNumberPagination
from rest_framework.routers import DefaultRouter
from rest_framework_simplejwt.views import TokenObtainPairView


class CategorySerializer(serializers.ModelSerializer):
    class Meta:
        model = Category
        fields = ["slug", "name"]


class ProductSerializer(serializers.ModelSerializer):
    rating = serializers.DecimalField(max_digits=3, decimal_places=2, read_only=True)
    category = CategorySerializer(read_only=True)
    tags = serializers.SlugRelatedField("slug", many=True, read_only=True)

    class Meta:
        model = Product
        fields = [
            "id",
            "sku",
            "slug",
            "name",
            "price",
            "currency",
            "stock",
            "is_active",
            "rating",
            "rating_count",
            "image",
            "category",
            "tags",
            "created_at",
            "updated_at",
        ]


class ProductDetailSerializer(ProductSerializer):
    class Meta(ProductSerializer.Meta):
        fields = [*ProductSerializer.Meta.fields, "description"]


class OrderLineSerializer(serializers.ModelSerializer):
    product = serializers.SlugRelatedField(
        "slug", queryset=Product.objects.filter(is_active=True)
    )
    name = serializers.CharField(source="product.name", read_only=True)
    amount = serializers.SerializerMethodField()

    class Meta:
        model = OrderLine
        fields = ["product", "name", "quantity", "unit_price", "amount"]
        read_only_fields = ["unit_price"]

    def get_amount(self, line: OrderLine) -> str:
        return str(line.quantity * line.unit_price)


class OrderSerializer(serializers.ModelSerializer):
    customer = serializers.EmailField(source="customer.email", read_only=True)
    lines = OrderLineSerializer(many=True)
    total = serializers.SerializerMethodField()

    class Meta:
        model = Order
        fields = [
            "reference",
            "status",
            "currency",
            "total",
            "customer",
            "lines",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["status", "currency"]

    def get_total(self, order: Order) -> str:
        return str(sum(line.quantity * line.unit_price for line in order.lines.all()))

    @transaction.atomic
    def create(self, data: dict) -> Order:
        first = data["lines"][0]["product"]
        order = Order.objects.create(customer=data["customer"], currency=first.currency)
        for line in data["lines"]:
            product = Product.objects.select_for_update().get(pk=line["product"].pk)
            if product.stock < line["quantity"]:
                raise serializers.ValidationError(f"{product} is out of stock.")
            product.stock -= line["quantity"]
            product.save()
            OrderLine.objects.create(
                order=order,
                product=product,
                quantity=line["quantity"],
                unit_price=product.price,
            )
        return order


class ProductFilter(django_filters.FilterSet):
    min_rating = django_filters.NumberFilter("rating", "gte")

    class Meta:
        model = Product
        fields = {
            "price": ["gte", "lte"],
            "category__slug": ["exact"],
            "tags__slug": ["exact"],
        }


class Pagination(PageNumberPagination):
    page_size = 20
    page_size_query_param = "page_size"
    max_page_size = 100


class ProductViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = (
        Product.objects.filter(is_active=True)
        .select_related("category")
        .prefetch_related("tags")
    )
    pagination_class = Pagination
    lookup_field = "slug"
    filterset_class = ProductFilter
    search_fields = ["name", "description"]
    ordering_fields = ["created_at", "name", "price", "rating"]

    def get_serializer_class(self):
        return ProductSerializer if self.action == "list" else ProductDetailSerializer


class OrderViewSet(mixins.CreateModelMixin, viewsets.GenericViewSet):
    queryset = Order.objects.select_related("customer").prefetch_related("lines")
    serializer_class = OrderSerializer

    def perform_create(self, serializer: OrderSerializer) -> None:
        serializer.save(customer=self.request.user)


router = DefaultRouter()
router.register("products", ProductViewSet)
router.register("orders", OrderViewSet)
urlpatterns = [
    path("api/v1/auth/login/", TokenObtainPairView.as_view()),
    path("api/v1/", include(router.urls)),
]
