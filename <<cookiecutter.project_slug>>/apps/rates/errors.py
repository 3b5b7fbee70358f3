"""What can be wrong with a source for good."""

from apps.core.errors import ApplicationError


class SourceUnusable(ApplicationError):
    """The source answers, but not with rates; asking again brings the same."""

    status = 502
    default_code = "rates_source_unusable"
    default_message = "The source of the exchange rates gives none."
