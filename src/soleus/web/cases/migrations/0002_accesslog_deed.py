from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="accesslog",
            name="deed",
            field=models.CharField(blank=True, max_length=120),
        ),
    ]
