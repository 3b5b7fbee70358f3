"""What GraphQL shows of users."""

import graphene


class UserType(graphene.ObjectType):
    """The same fields as REST's `UserOutput`."""

    id = graphene.ID(required=True)
    email = graphene.String(required=True)
    full_name = graphene.String(required=True)
    role = graphene.String(required=True)
    email_verified_at = graphene.DateTime()
    created_at = graphene.DateTime(required=True)

    class Meta:
        name = "User"
