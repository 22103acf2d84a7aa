"""The people who may sign in, and the short-lived counters of failed sign-ins and used codes.

The counters live in the database so that every process of the node sees them.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

import cotejo.store.people


class Migration(migrations.Migration):
    initial = True

    operations = [
        migrations.CreateModel(
            name="Officer",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "id",
                    models.CharField(
                        default=cotejo.store.people.new_officer_id,
                        editable=False,
                        max_length=32,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("username", models.CharField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("unit", models.CharField(max_length=80)),
                ("chain", models.CharField(max_length=80)),
                (
                    "duties",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("added_at", models.BigIntegerField()),
            ],
            options={"abstract": False},
        ),
        migrations.RunSQL(
            sql="""
                CREATE TABLE store_cache (
                    cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL
                );
                CREATE INDEX store_cache_expires ON store_cache (expires);
            """,
            reverse_sql="DROP TABLE store_cache",
        ),
    ]
