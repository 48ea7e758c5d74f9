"""The answer book holds exactly what an answer needs: no name, parent, address or face (house section 2)."""

from django.apps import apps

COLUMNS = {
    "BookSubject": {
        "subject", "birth", "citizen_from", "citizen_until", "alive_from", "alive_until", "handed_over_abroad",
    },
    "BookCard": {
        "id", "number", "generation", "subject_id", "state", "state_from", "state_reason", "valid_from", "expires",
        "status_index", "version",
    },
    "Receipt": {
        "reference", "trace", "party", "purpose", "document", "on", "asked_at", "actor", "office", "subject", "outcome",
        "reasons", "pseudonym", "statement", "kid", "signature",
    },
}  # fmt: skip


def test_the_answer_book_has_these_tables_and_columns_and_no_other() -> None:
    found = {
        model.__name__: {field.column for field in model._meta.concrete_fields}
        for model in apps.get_app_config("verification").get_models()
    }
    assert found == COLUMNS


def test_nothing_outside_the_book_is_a_key_from_it() -> None:
    """The book knows a person by the random id alone."""
    for model in apps.get_app_config("verification").get_models():
        for field in model._meta.concrete_fields:
            target = field.related_model
            assert target is None or target._meta.app_label == "verification"
