"""Addresses of static files, with a hash of their content, so that they may be kept for ever."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, current_app, request, url_for


def init_assets(app: Flask) -> None:
    """Give templates asset(), and long keeping to files asked for with their hash."""
    app.jinja_env.globals["asset"] = asset

    def keep(response: Response) -> Response:
        if request.endpoint == "static" and "v" in request.args and response.status_code == 200:
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response

    app.after_request(keep)


def asset(name: str) -> str:
    """Return the address of a static file with the hash of its content."""
    return url_for("static", filename=name, v=_digest(Path(str(current_app.static_folder)) / name))


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]
