from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outreach", "0006_what_was_asked_before"),
    ]

    operations = [
        migrations.AlterField(
            model_name="directnotice",
            name="withheld",
            field=models.CharField(
                blank=True,
                choices=[
                    ("answered", "All units bought under this contact are answered for"),
                    ("suppressed", "This contact is not to be written to"),
                    ("stopped", "Its wave was stopped"),
                    ("no_such_way", "This contact cannot be reached in this way"),
                    ("taken_back", "Whoever named this new owner took it back"),
                    (
                        "let_go",
                        "Nothing that it names is in the recall any more, or all came back",
                    ),
                ],
                max_length=12,
            ),
        ),
    ]
