from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from web.words import counted

from .findings import fine, must_mend


def answers(about, asked):
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        version = ".".join(map(str, connection.get_database_version()))
    except OperationalError:
        mend = "Is it running? Does DATABASE_URL name its host, user, password and database?"
        yield must_mend(about, "it cannot be reached.", mend)
        return
    try:
        connection.check_database_version_supported()
    except Exception:
        yield must_mend(about, f"{connection.display_name} {version} is too old.", "Upgrade it.")
        return
    yield fine(about, f"{connection.display_name} {version} answers.")


def is_up_to_date(about, asked):
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        waiting = f"{counted(len(plan), 'migration')} not run, the first is {plan[0][0]}."
        yield must_mend(about, waiting, "Make a backup, then run manage.py migrate.")
    else:
        yield fine(about, "all were run.")
