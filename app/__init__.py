"""The web application: pages for residents, cadres and auditors over the two domains."""

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

import app.auditors.accounts
import app.cadres.bulletins
import app.cadres.desk
import app.cadres.uploads
import app.cadres.versions
import app.county.rules  # noqa: F401 - imported for their addresses
from app import access, addresses, assets, cli, clock, database, errors, headers, once, words
from app.auditors.blueprint import auditors
from app.cadres.blueprint import cadres
from app.county.blueprint import county
from app.residents.blueprint import residents
from app.settings import Settings, read_settings
from app.signin.blueprint import signin
from app.signin.sessions import DatabaseSessions, init_forms


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application for the given settings, or for those of the environment."""
    settings = settings or read_settings()
    app = Flask(
        "app",
        instance_path=str(settings.instance),
        static_folder=str(settings.static_folder),
        template_folder=str(settings.template_folder),
    )
    app.config.from_mapping(
        SECRET_KEY=settings.secret_key,
        PUBLIC_URL=settings.public_url,
        IS_PRODUCTION=settings.is_production,
        TESTING=settings.is_testing,
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
        MAX_CONTENT_LENGTH=11 * 1024 * 1024,
        MAX_FORM_PARTS=5000,
        # What was read of an imported list travels in the page until it is taken: about 1 kB for each item.
        MAX_FORM_MEMORY_SIZE=4 * 1024 * 1024,
        SESSION_COOKIE_NAME="__Host-mingbai" if settings.is_production else "mingbai",
        SESSION_COOKIE_SECURE=settings.is_production,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        # Our pages send no referrer; app/access.py looks at the origin instead.
        WTF_CSRF_SSL_STRICT=False,
    )
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    clock.init_clock(app)
    addresses.init_addresses(app)
    database.init_database(app, database.open_engine(settings.database_url))
    app.session_interface = DatabaseSessions()
    words.init_words(app)
    init_forms(app)
    headers.init_headers(app, is_production=settings.is_production)
    assets.init_assets(app)
    errors.init_errors(app)
    access.init_access(app)
    once.init_once(app)
    for blueprint in (residents, signin, cadres, auditors, county):
        app.register_blueprint(blueprint)
    cli.init_commands(app)
    return app
