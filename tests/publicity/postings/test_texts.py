"""What the privacy guard reads: every text as web or paper shows it, each at its place."""

from dataclasses import replace

from publicity.categories.contents import Audience, ColumnKind
from publicity.postings.models import Posting
from publicity.postings.queries import posting_of
from publicity.postings.texts import texts_of
from publicity.privacy.guard import exposures
from tests.publicity.postings.made import RELIEF, identity_of
from tests.publicity.workflow.stage import NOW


def _kept(session, version) -> Posting:
    posting = posting_of(session, version=version)
    assert posting is not None
    return posting


def test_every_text_that_is_shown_and_nothing_else(scene, session):
    rows = [{"household": "张阿德", "people": 2, "amount": 100, "phone": "13800001234", "identity": SECRET}]
    version = scene.save(scene.begin(), rows=[{**rows[0], "remark": "另付"}], head={"basis": "办法"}, note="说明")
    found = [(text.place, text.line, text.text) for text in texts_of(RELIEF, _kept(session, version))]
    assert found == [
        ("head-basis", None, "办法"),
        ("row-1-household", 1, "张*"),
        ("row-1-household", 1, "张阿德"),
        ("row-1-phone", 1, "138****1234"),
        ("row-1-remark", 1, "另付"),
        ("note", None, "说明"),
    ]
    assert not [text for _, _, text in found if exposures(text, on=NOW.date())]


SECRET = identity_of("19580302")


def test_what_a_category_shows_in_full_is_told(scene, session):
    open_columns = tuple(
        replace(column, audience=Audience.WEB) if column.kind in {ColumnKind.IDENTITY, ColumnKind.PHONE} else column
        for column in RELIEF.columns
    )
    version = scene.save(scene.begin(), rows=[{"household": "张阿德", "phone": "13800001234", "identity": SECRET}])
    texts = texts_of(replace(RELIEF, columns=open_columns), _kept(session, version))
    told = {text.place for text in texts if exposures(text.text, on=NOW.date())}
    assert told == {"row-1-phone", "row-1-identity"}


def test_the_title_of_an_event_is_a_text_too(scene, session):
    version = scene.begin("notice", title="给张三办低保")
    posting = _kept(session, version)
    assert [(text.place, text.text) for text in texts_of(RELIEF, posting)] == [("title", "给张三办低保")]
