"""FastAPI with SQLAlchemy's asyncio: async all the way, pages without COUNT.

`/api/v1/` looks the user up with every request, `/api/stateless/` believes the
token's signature, as the baked project does where a member reads what anyone may.
"""

import os
from contextvars import ContextVar
from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

import jwt
from fastapi import APIRouter, Depends, FastAPI, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict, field_validator
from sqlalchemy import Column, ForeignKey, Table, event, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    joinedload,
    mapped_column,
    relationship,
    selectinload,
)

_SCHEME = {"postgres": "postgresql+asyncpg", "postgresql": "postgresql+asyncpg"}
_scheme, _, _rest = os.environ["DATABASE_URL"].partition("://")
engine = create_async_engine(
    f"{_SCHEME[_scheme]}://{_rest}",
    pool_size=int(os.environ["POOL"]),
    max_overflow=0,
)
new_session = async_sessionmaker(engine, expire_on_commit=False)
statements: ContextVar[list] = ContextVar("statements")


@event.listens_for(engine.sync_engine, "before_cursor_execute")
def _count(connection, cursor, statement, parameters, context, many) -> None:
    if (counted := statements.get(None)) is not None:
        counted.append(statement)


class Base(DeclarativeBase):
    pass


product_tags = Table(
    "catalog_producttag",
    Base.metadata,
    Column("product_id", ForeignKey("catalog_product.id")),
    Column("tag_id", ForeignKey("catalog_tag.id")),
)


class User(Base):
    __tablename__ = "accounts_user"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    email: Mapped[str]
    full_name: Mapped[str]
    is_active: Mapped[bool]


class Category(Base):
    __tablename__ = "catalog_category"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str]
    name: Mapped[str]


class Tag(Base):
    __tablename__ = "catalog_tag"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str]


class Product(Base):
    __tablename__ = "catalog_product"

    id: Mapped[int] = mapped_column(primary_key=True)
    sku: Mapped[str]
    slug: Mapped[str]
    name: Mapped[str]
    description: Mapped[str]
    price: Mapped[Decimal]
    currency: Mapped[str]
    stock: Mapped[int]
    is_active: Mapped[bool]
    rating: Mapped[Decimal]
    rating_count: Mapped[int]
    image: Mapped[str]
    category_id: Mapped[int] = mapped_column(ForeignKey("catalog_category.id"))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    category: Mapped[Category] = relationship()
    tags: Mapped[list[Tag]] = relationship(secondary=product_tags, order_by=Tag.slug)


class Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class CategoryOut(Out):
    slug: str
    name: str


class ProductOut(Out):
    id: int
    sku: str
    slug: str
    name: str
    price: Decimal
    currency: str
    stock: int
    is_active: bool
    rating: Decimal
    rating_count: int
    image: str | None
    category: CategoryOut
    tags: list[str]
    created_at: datetime
    updated_at: datetime

    @field_validator("image", mode="before")
    @classmethod
    def address(cls, name: str) -> str | None:
        return f"/media/{name}" if name else None

    @field_validator("tags", mode="before")
    @classmethod
    def slugs(cls, tags: list[Tag]) -> list[str]:
        return [tag.slug for tag in tags]


class ProductDetailOut(ProductOut):
    description: str


class ProductPage(Out):
    after: int | None
    results: list[ProductOut]


async def session():
    async with new_session() as opened:
        yield opened


Session = Annotated[AsyncSession, Depends(session)]
Credentials = Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]


async def claims(credentials: Credentials) -> dict:
    key = os.environ["JWT_SIGNING_KEY"]
    try:
        return jwt.decode(credentials.credentials, key, algorithms=["HS256"])
    except jwt.InvalidTokenError as error:
        raise HTTPException(401, "This token is not valid.") from error


async def user(token: Annotated[dict, Depends(claims)], session: Session) -> User:
    found = await session.get(User, UUID(token["user_id"]))
    if found is None or not found.is_active:
        raise HTTPException(401, "This user is not active.")
    return found


products = (
    select(Product)
    .where(Product.is_active)
    .options(joinedload(Product.category), selectinload(Product.tags))
)


async def product_list(session: Session, page_size: int = 20, after: int | None = None):
    query = products.order_by(Product.id.desc()).limit(page_size + 1)
    if after:
        query = query.where(Product.id < after)
    rows = list(await session.scalars(query))
    more = len(rows) > page_size
    rows = rows[:page_size]
    return {"after": rows[-1].id if more else None, "results": rows}


async def product_detail(slug: str, session: Session):
    found = await session.scalar(products.where(Product.slug == slug))
    if found is None:
        raise HTTPException(404, "There is no such product.")
    return found


class CountQueries:
    """As `benchmarks.peers.wsgi` counts, for those who ask."""

    def __init__(self, application) -> None:
        self.application = application

    async def __call__(self, scope, receive, send):
        headers = dict(scope.get("headers", []))
        if b"x-count-queries" not in headers:
            return await self.application(scope, receive, send)
        counted = []
        statements.set(counted)

        async def sending(message):
            if message["type"] == "http.response.start":
                message["headers"].append((b"x-queries", b"%d" % len(counted)))
            await send(message)

        return await self.application(scope, receive, sending)


def _routes(prefix: str, authentication) -> APIRouter:
    router = APIRouter(prefix=prefix, dependencies=[Depends(authentication)])
    router.get("/products/", response_model=ProductPage)(product_list)
    router.get("/products/{slug}/", response_model=ProductDetailOut)(product_detail)
    return router


api = FastAPI()
api.include_router(_routes("/api/v1", user))
api.include_router(_routes("/api/stateless", claims))
application = CountQueries(api)
