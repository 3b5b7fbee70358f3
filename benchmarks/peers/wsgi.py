"""Serves any of the Django projects, and counts queries for those who ask.

A request that carries X-Count-Queries gets X-Queries back: the statements that its
view ran, without BEGIN and COMMIT. Other requests pay nothing for it.
"""

from django.core.wsgi import get_wsgi_application
from django.db import connection


class CountQueries:
    def __init__(self, application) -> None:
        self.application = application

    def __call__(self, environ, start_response):
        if "HTTP_X_COUNT_QUERIES" not in environ:
            return self.application(environ, start_response)
        statements = []

        def count(execute, sql, params, many, context):
            statements.append(sql)
            return execute(sql, params, many, context)

        def start(status, headers, *rest):
            headers = [*headers, ("X-Queries", str(len(statements)))]
            return start_response(status, headers, *rest)

        with connection.execute_wrapper(count):
            return self.application(environ, start)


application = CountQueries(get_wsgi_application())
