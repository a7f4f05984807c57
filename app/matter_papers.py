"""The papers behind the deeds of matters, as officials get them: how far each is, and its file."""

from collections.abc import Sequence

from flask import Response

from publicity.matters.models import Evidence, Matter
from village_lists.documents.models import Document, DocumentKind

MIME = {DocumentKind.PHOTO: "image/jpeg", DocumentKind.PDF: "application/pdf"}
# A picture shown by itself is laid out by the browser's own style; everything else is shut.
PICTURE_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
FILE_POLICY = "sandbox; default-src 'none'"


def paper_standing(evidence: Evidence) -> str:
    """Return how far a paper is: new, to_confirm (covered, nobody looked again), covered, clean, inside."""
    if not evidence.is_checked:
        return "to_confirm" if evidence.shown_id else "new"
    if evidence.shown_id is None:
        return "inside"
    return "clean" if evidence.shown_id == evidence.original_id else "covered"


def paper_of(matter: Matter, key: str) -> Evidence | None:
    """Return the paper of that key behind one of the matter's deeds, or None."""
    papers = (one for event in matter.events for one in event.evidence)
    return next((one for one in papers if one.key == key), None)


def box_list(evidence: Evidence) -> Sequence[Sequence[int]]:
    """Return the boxes that cover a photo, in thousandths of it."""
    found: Sequence[Sequence[int]] = evidence.boxes.get("boxes", ())
    return found


def paper_answer(document: Document) -> Response:
    """Return a photo to be looked at, or a PDF to be downloaded and never opened here."""
    is_photo = document.kind is DocumentKind.PHOTO
    answer = Response(document.content, mimetype=MIME[document.kind])
    answer.headers.set("Content-Disposition", "inline" if is_photo else "attachment", filename=document.name)
    answer.headers["Content-Security-Policy"] = PICTURE_POLICY if is_photo else FILE_POLICY
    return answer
