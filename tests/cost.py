"""How many questions a page asks the database."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

WHO = 'FROM "accounts_user" WHERE "accounts_user"."id" = '
NOT_OF_THE_PAGE = ("django_session", "synchronous_commit", "SAVEPOINT", WHO)
AT_MOST = 12


def cost(client, url):
    """Questions of the page itself: those for the session and for who is signed in are not counted."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200
    asked = [query["sql"] for query in captured.captured_queries]
    return len([sql for sql in asked if not any(words in sql for words in NOT_OF_THE_PAGE)])
