"""Photos and papers of what was posted: what was covered is covered, what is not public is not there."""

from pathlib import PurePath

from flask import Response, abort

from app.access import Audience, open_to
from app.database import session
from app.residents.blueprint import residents
from app.residents.places import village_or_404
from publicity.attachments.queries import shown_document
from village_lists.documents.models import Document, DocumentKind

MIME = {DocumentKind.PHOTO: "image/jpeg", DocumentKind.PDF: "application/pdf"}
# A picture shown by itself is laid out by the browser's own style; everything else is shut.
PICTURE_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
FILE_POLICY = "sandbox; default-src 'none'"
# What is published never changes, but it may be withdrawn: then no copy shall stay for longer than a day.
KEPT = "public, max-age=86400"


@residents.get("/v/<village:village>/records/<int:number>/versions/<int:version>/attachments/<key:key>")
@open_to(Audience.EVERYONE)
def download_attachment(village: str, number: int, version: int, key: str) -> Response:
    """Give a photo to be looked at, or a PDF to be downloaded and never opened here."""
    place = village_or_404(village)
    document = shown_document(session(), village=place, record=number, version=version, key=key) or abort(404)
    is_photo = document.kind is DocumentKind.PHOTO
    answer = Response(document.content, mimetype=MIME[document.kind])
    answer.headers.set("Content-Disposition", "inline" if is_photo else "attachment", filename=_name(number, document))
    answer.headers["Content-Security-Policy"] = PICTURE_POLICY if is_photo else FILE_POLICY
    answer.headers["Cache-Control"] = KEPT
    return answer


def _name(number: int, document: Document) -> str:
    """Return a name that tells nothing: what the clerk's file was called may hold a name that the web covers."""
    return f"{number}{PurePath(document.name).suffix}"
