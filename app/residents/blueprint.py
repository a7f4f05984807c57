"""Addresses for residents; what they give may be kept for a minute, and is asked for again by its fingerprint."""

from flask import Blueprint, Response, request

residents = Blueprint("residents", __name__)
KEPT = "public, max-age=60"


@residents.after_request
def keep(response: Response) -> Response:
    """Let browsers and proxies keep a page for a minute, and answer 304 where nothing changed."""
    if request.method in {"GET", "HEAD"} and response.status_code == 200:
        response.headers.setdefault("Cache-Control", KEPT)
        if not response.cache_control.no_store:
            response.add_etag()
            response.make_conditional(request)
    return response
