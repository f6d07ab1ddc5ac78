"""Notes and drafts written in the clear become ciphertext, and what history holds of them too."""

from django.db import migrations

from accounts.models import cipher

COLUMNS = [("ClinicalNote", "text"), ("HistoricalClinicalNote", "text"), ("Draft", "payload")]


def write_again(change):
    def run(apps, schema_editor):
        quote = schema_editor.quote_name
        for name, column in COLUMNS:
            model = apps.get_model("consultations", name)
            table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
            with schema_editor.connection.cursor() as cursor:
                cursor.execute(f"SELECT {key}, {quote(column)} FROM {table} WHERE {quote(column)} <> ''")
                update = f"UPDATE {table} SET {quote(column)} = %s WHERE {key} = %s"
                cursor.executemany(update, [(change(text), pk) for pk, text in cursor.fetchall()])

    return run


def encrypt(text):
    return cipher().encrypt(text.encode()).decode()


def decrypt(text):
    return cipher().decrypt(text.encode()).decode()


class Migration(migrations.Migration):
    dependencies = [("consultations", "0007_encrypted_texts")]
    operations = [migrations.RunPython(write_again(encrypt), write_again(decrypt))]
