"""Witnesses asked, quorums, openings to be destroyed, public counts."""

import srok.trust.openlog.terms
import srok.trust.openlog.witnessing
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('openlog', '0002_refuse_rewriting'),
    ]

    operations = [
        migrations.CreateModel(
            name='Quorum',
            fields=[
                ('log', models.CharField(max_length=10, primary_key=True, serialize=False)),
                ('size', models.BigIntegerField(default=0)),
                ('note', models.BinaryField(default=b'')),
                ('met_at', models.DateTimeField(null=True)),
                ('late_since', models.DateTimeField(null=True)),
                ('alarmed', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='TallyMark',
            fields=[
                ('log', models.CharField(max_length=10, primary_key=True, serialize=False)),
                ('size', models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='OpeningOrder',
            fields=[
                ('fact', models.UUIDField(primary_key=True, serialize=False)),
                ('reason', models.CharField(max_length=40)),
                ('asked_by', models.CharField(max_length=150)),
                ('asked_at', models.DateTimeField()),
                ('destroyed_by', models.CharField(blank=True, max_length=150)),
                ('destroyed_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('destroyed_by', models.F('asked_by')), _negated=True), name='openlog_opening_two_hands'), models.CheckConstraint(condition=models.Q(models.Q(('destroyed_at__isnull', True), ('destroyed_by', '')), models.Q(models.Q(('destroyed_by', ''), _negated=True), ('destroyed_at__isnull', False)), _connector='OR'), name='openlog_opening_whole')],
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('log', models.CharField(max_length=10)),
                ('by', models.CharField(max_length=10)),
                ('key', models.CharField(max_length=60)),
                ('on', models.DateField()),
                ('count', models.BigIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('log', 'by', 'key', 'on'), name='openlog_tally_once')],
            },
        ),
        migrations.CreateModel(
            name='WitnessStanding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('log', models.CharField(max_length=10)),
                ('name', models.CharField(max_length=255)),
                ('key', models.CharField(max_length=64)),
                ('standing', models.CharField(max_length=20)),
                ('since', models.DateTimeField()),
                ('asked_at', models.DateTimeField()),
                ('size', models.BigIntegerField(default=0)),
                ('cosigned_size', models.BigIntegerField(default=0)),
                ('cosigned_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('log', 'name'), name='openlog_witness_once'), models.CheckConstraint(condition=models.Q(('log__in', [srok.trust.openlog.terms.Log['ELECTION'], srok.trust.openlog.terms.Log['REGISTER']]), ('standing__in', [srok.trust.openlog.witnessing.Standing['AHEAD'], srok.trust.openlog.witnessing.Standing['BAD_SIGNATURE'], srok.trust.openlog.witnessing.Standing['COSIGNED'], srok.trust.openlog.witnessing.Standing['DISAGREES'], srok.trust.openlog.witnessing.Standing['NOT_ASKED'], srok.trust.openlog.witnessing.Standing['REFUSED'], srok.trust.openlog.witnessing.Standing['RUBBISH'], srok.trust.openlog.witnessing.Standing['SILENT'], srok.trust.openlog.witnessing.Standing['UNREACHABLE']])), name='openlog_witness_standing')],
            },
        ),
    ]
