"""A holder names a commitment: it is looked up by an index."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('journal', '0003_add_happened_at'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='waitingleaf',
            index=models.Index(fields=['commitment'], name='leaf_commitment'),
        ),
    ]
