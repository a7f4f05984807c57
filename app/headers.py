"""The security headers of every answer, whatever it is."""

from flask import Flask, Response, request

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self';"
    " manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
OFFICIAL_PATHS = ("/desk", "/audit", "/county", "/account")


def init_headers(app: Flask, *, is_production: bool) -> None:
    """Set the headers on every response; pages of officials are never kept by a browser."""

    def add_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            # A download may bring a stricter policy of its own.
            response.headers.setdefault(name, value)
        if is_production:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        if request.path.startswith(OFFICIAL_PATHS):
            response.headers["Cache-Control"] = "no-store"
        return response

    app.after_request(add_headers)
