"""Settings: read once from the environment, frozen, refused when unsafe."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent


class UnsafeSettings(Exception):  # noqa: N818 - said to the operator, not raised in code paths
    """The program will not start like this; the message says what to set."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What an installation may choose; paths derive from the instance folder."""

    instance: Path
    database_url: str
    public_url: str
    secret_key: str
    is_production: bool = False
    is_testing: bool = False
    trusted_hosts: tuple[str, ...] = ()
    proxies: int = 0

    @property
    def static_folder(self) -> Path:
        """The folder of style sheets, scripts, fonts."""
        return ROOT / "static"

    @property
    def template_folder(self) -> Path:
        """The folder of page templates."""
        return ROOT / "templates"


def read_settings() -> Settings:
    """Read MINGBAI_INSTANCE, _DATABASE_URL, _PUBLIC_URL, _ENV, _SECRET_KEY, _TRUSTED_HOSTS, _PROXIES.

    Raise UnsafeSettings in production without a secret, without https address, or with debug on.
    """
    environment = os.environ.get("MINGBAI_ENV", "development")
    if environment not in {"development", "production"}:
        raise UnsafeSettings(f"MINGBAI_ENV must be development or production, not {environment!r}")
    production = environment == "production"
    instance = Path(os.environ.get("MINGBAI_INSTANCE", str(ROOT / "instance"))).resolve()
    instance.mkdir(parents=True, exist_ok=True)
    public_url = os.environ.get("MINGBAI_PUBLIC_URL", "http://127.0.0.1:5000").rstrip("/")
    if production:
        _refuse_unsafe(public_url)
    hosts = os.environ.get("MINGBAI_TRUSTED_HOSTS", "")
    return Settings(
        instance=instance,
        database_url=os.environ.get("MINGBAI_DATABASE_URL", f"sqlite:///{instance / 'mingbai.sqlite'}"),
        public_url=public_url,
        secret_key=os.environ.get("MINGBAI_SECRET_KEY") or _kept_secret(instance / "secret.key"),
        is_production=production,
        proxies=int(os.environ.get("MINGBAI_PROXIES", "0")),
        trusted_hosts=tuple(host for host in hosts.split(",") if host) or _own_host(public_url, production),
    )


def _own_host(public_url: str, production: bool) -> tuple[str, ...]:
    return (urlsplit(public_url).hostname or "",) if production else ()


def _refuse_unsafe(public_url: str) -> None:
    if len(os.environ.get("MINGBAI_SECRET_KEY", "")) < 32:
        raise UnsafeSettings("MINGBAI_SECRET_KEY must be set to 32 or more random characters in production")
    if not public_url.startswith("https://"):
        raise UnsafeSettings("MINGBAI_PUBLIC_URL must begin with https:// in production: it is printed on paper")
    if os.environ.get("FLASK_DEBUG", "0") not in {"", "0", "false"}:
        raise UnsafeSettings("FLASK_DEBUG must be off in production")


def _kept_secret(path: Path) -> str:
    """Return the development secret of this instance, made once and readable by its owner alone."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return path.read_text(encoding="ascii")
