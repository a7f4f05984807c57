"""The program as the tests of pages have it: put together once in each worker, then laid over each test's database."""

from typing import Any

from flask import Flask

from app import create_app
from app.database import open_engine
from app.settings import Settings

# By whether it runs in production: the program, and what it was told when it was new.
PROGRAMS: dict[bool, tuple[Flask, dict[str, Any]]] = {}


def program(settings: Settings) -> Flask:
    """Return the program over the settings, as good as new: their database, secret and addresses, nobody's clock.

    Putting three hundred addresses together and reading the templates takes longer than what most tests then do. There
    is one program at a time, so this is for fixtures that live as long as one test; what lives longer, or adds an
    address, calls create_app itself.
    """
    if settings.is_production not in PROGRAMS:
        app = create_app(settings)
        PROGRAMS[settings.is_production] = app, dict(app.config)
        return app
    app, config = PROGRAMS[settings.is_production]
    app.extensions["engine"].dispose()
    app.extensions["engine"] = open_engine(settings.database_url)
    app.instance_path = str(settings.instance)
    app.config.clear()
    app.config.update(
        config,
        SECRET_KEY=settings.secret_key,
        PUBLIC_URL=settings.public_url,
        TESTING=settings.is_testing,
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
    )
    return app
