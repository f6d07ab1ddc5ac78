"""What production writes to stdout: one JSON line for each request and each error, nothing personal in it.

Everything goes through one formatter, whoever logs: docs/adr/0044.
"""

# gunicorn sets up its own before it loads us, and would print what an error says.
WITH_HANDLERS_OF_THEIR_OWN = ["django", "django.server", "gunicorn.error", "gunicorn.access"]
# Each 404 and 403 has its line as a request already.
ERRORS_ALONE = ["django.request", "django.security.csrf"]


def json_lines(level="INFO"):
    """The value of LOGGING."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "web.json_log.JsonLine"}},
        "handlers": {
            "stdout": {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stdout"}
        },
        "root": {"level": level, "handlers": ["stdout"]},
        "loggers": {
            **{name: {"handlers": [], "propagate": True} for name in WITH_HANDLERS_OF_THEIR_OWN},
            **{name: {"level": "ERROR"} for name in ERRORS_ALONE},
            # At DEBUG they log whole contexts, and what is asked of the database.
            **{name: {"level": "INFO"} for name in ("django.template", "django.db.backends")},
        },
    }
