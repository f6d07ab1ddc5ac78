"""Tells in headers what a request cost the worker. Of the benchmark alone; queries are counted when asked."""

import time

from django.db import connection, reset_queries

from tests.cost import NOT_OF_THE_PAGE


class Counting:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        counts = "X-Bench-Count" in request.headers
        if counts:
            connection.force_debug_cursor = True
            reset_queries()
        begun = time.process_time()
        response = self.get_response(request)
        response["X-Bench-Cpu"] = f"{(time.process_time() - begun) * 1000:.3f}"
        if counts:
            response["X-Bench-Queries"] = len(asked())
            connection.force_debug_cursor = False
        return response


def asked():
    """Those of the page itself, as tests/cost.py counts them: without the session, the person and what only
    opens or closes a transaction."""
    marks = ("BEGIN", "COMMIT", "ROLLBACK", "RELEASE", "SET ")
    return [
        sql
        for sql in (query["sql"] for query in connection.queries)
        if not sql.startswith(marks) and not any(words in sql for words in NOT_OF_THE_PAGE)
    ]
