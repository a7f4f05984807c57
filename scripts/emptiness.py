"""Says `empty` when the database of the settings knows no place yet, `filled` otherwise; asked by `make run`."""

from sqlalchemy import exists, select

from app import create_app
from app.database import session
from village_lists.places.models import Place


def main() -> None:
    """Print one word."""
    with create_app().app_context():
        filled = session().scalar(select(exists().where(Place.id.is_not(None))))
    print("filled" if filled else "empty")


if __name__ == "__main__":
    main()
