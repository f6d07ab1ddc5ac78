"""Where the records are: the primary database, a copy of it for reads that may be seconds old, and the cache
that all workers share. docs/adr/0046-scaling-out.md
"""

from django.core.exceptions import ImproperlyConfigured

# Django's own, but that its connections can be kept.
SQLITE = "web.kept_sqlite3"
SQLITE_OPTIONS = {
    # Immediate: a transaction takes the write lock when it begins, so two savers queue instead of failing.
    "transaction_mode": "IMMEDIATE",
    "timeout": 10,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON",
}
# What the server prepares is what web.kept_plans asks it to, and not what came often.
NOT_BY_COUNTING = 2**31 - 1
# Used codes and wrong tries are counted here, so all workers must share it. A migration makes the table.
# Past its limit entries are thrown away, and Django's own of 300 are soon typed by who wants that.
CACHE_IN_THE_DATABASE = {
    "BACKEND": "django.core.cache.backends.db.DatabaseCache",
    "LOCATION": "accounts_cache",
    "OPTIONS": {"MAX_ENTRIES": 200_000},
}


def databases(env, url_default):
    """The primary of DATABASE_URL; of REPLICA_URL, where there is one, a streaming replica of it."""
    found = {"default": database(env, env.db_url("DATABASE_URL", default=url_default))}
    if env("REPLICA_URL", default=""):
        found["replica"] = replica(env)
    return found


def database(env, settings):
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        return settings | kept(env) | {"ENGINE": SQLITE, "OPTIONS": SQLITE_OPTIONS}
    if settings["ENGINE"] == "django.db.backends.postgresql":
        return settings | postgresql(env, settings.get("OPTIONS", {}))
    return settings


def kept(env):
    """A connection lasts for many requests, and is tried before each: the server may have been restarted, or
    the file of SQLite exchanged. An hour, for PostgreSQL knows how to answer what it was asked before
    (docs/adr/0049), and SQLite has read what its 400 tables are.
    """
    return {"CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=3600), "CONN_HEALTH_CHECKS": True}


def postgresql(env, options):
    """POOLED says that PgBouncer stands in between and gives a connection away after each transaction. No
    cursor and no prepared statement outlives one then, so rows that are read in pieces come all at once.
    """
    pooled = env.bool("POOLED", default=False)
    # To make machine code of a question takes longer than to answer any of ours. A pooler takes no such
    # option: there the server says it (docs/operations/postgresql-primary.conf).
    options = options if pooled else {"options": "-c jit=off"} | options
    prepares = {"prepare_threshold": None if pooled else NOT_BY_COUNTING}
    return {
        **kept(env),
        "DISABLE_SERVER_SIDE_CURSORS": pooled,
        # Seconds, and milliseconds: a server that is gone without a word keeps nobody waiting for minutes.
        "OPTIONS": {"connect_timeout": 5, "tcp_user_timeout": 20_000} | prepares | options,
    }


def replica(env):
    """Nobody waits for it long: there is the primary."""
    settings = database(env, env.db_url("REPLICA_URL"))
    if settings["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured("REPLICA_URL: only PostgreSQL has replicas.")
    hurry = {"connect_timeout": 2, "tcp_user_timeout": 3_000}
    return settings | {"OPTIONS": settings["OPTIONS"] | hurry}


def cache(env):
    """Of CACHE_URL; without one a table of the database."""
    return env.cache_url("CACHE_URL") if env("CACHE_URL", default="") else CACHE_IN_THE_DATABASE
