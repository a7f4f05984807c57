"""The county's desk with two stewards, and a reader of its forms that sends what a browser would send."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from app.database import open_engine
from tests.app.officials import Visitor, make_app
from tests.publicity.workflow.stage import COUNTY, set_stage
from village_lists.editions.contents import ListContent
from village_lists.editions.queries import version_by_number
from village_lists.editions.store import read_content
from village_lists.people.models import PostKind
from village_lists.places.actions import PlaceRow, import_places
from village_lists.places.models import Level
from village_lists.places.queries import place_by_code
from village_lists.powers.models import ListVersion

LISTS = f"/county/{COUNTY}/lists"
SAMPLE = f"{LISTS}/{COUNTY}/sample-36/1"
FAR = "330298"


class _Form(HTMLParser):
    """Collects what a browser would send of the form with an address, but for its buttons."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action, self.is_inside = action, False
        self.found: MultiDict[str, str] = MultiDict()
        self.select: list[str] | None = None
        self.area: str | None = None
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.is_inside = about.get("action", "") == self.action
        elif not self.is_inside:
            return
        elif tag == "input" and about.get("name") and about.get("type") != "file":
            if about.get("type") not in ("checkbox", "radio") or "checked" in about:
                self.found.add(about["name"], about.get("value", ""))
        elif tag == "select":
            self.select = [about["name"]]
        elif tag == "option" and self.select:
            if len(self.select) == 1 or "selected" in about:
                self.select[1:] = [about.get("value", "")]
        elif tag == "textarea":
            self.area, self.text = about["name"], ""

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_inside = False
        elif tag == "select" and self.select:
            self.found.add(*self.select)
            self.select = None
        elif tag == "textarea" and self.area is not None:
            self.found.add(self.area, self.text.removeprefix("\n"))
            self.area = None


def form_in(page: str, action: str) -> MultiDict[str, str]:
    """Return the fields of the form that goes to an address; fail where the page has no such form."""
    reader = _Form(action)
    reader.feed(page)
    assert reader.found, f"no form to {action}"
    return reader.found


@dataclass
class CountyDesk:
    """The program over a county with two stewards, and one of another county."""

    app: Flask
    visitors: dict[str, Visitor]

    def __getitem__(self, name: str) -> Visitor:
        """Return a visitor by his name."""
        if name not in self.visitors:
            self.visitors[name] = Visitor(self.app, name)
        return self.visitors[name]

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Open a session beside the program."""
        with Session(self.app.extensions["engine"], expire_on_commit=False) as session:
            yield session

    def version(self, slug: str = "sample-36", number: int = 1) -> ListVersion | None:
        """Return a version of the county's list as it stands now."""
        with self.session() as session:
            place = place_by_code(session, code=COUNTY, level=Level.COUNTY)
            assert place
            return version_by_number(session, place=place, slug=slug, number=number)

    def content(self, slug: str = "sample-36", number: int = 1) -> ListContent:
        """Return what a version says now."""
        with self.session() as session:
            place = place_by_code(session, code=COUNTY, level=Level.COUNTY)
            assert place
            version = version_by_number(session, place=place, slug=slug, number=number)
            assert version
            return read_content(session, version=version)

    def form(self, page: str, action: str = "", *, by: str = "steward") -> MultiDict[str, str]:
        """Return the fields of a page's form as they are filled."""
        answer = self[by].get(page)
        assert answer.status_code == 200, answer.text[:500]
        return form_in(answer.text, action or page)

    def send(self, address: str, form: MultiDict[str, str], *, by: str = "steward", **more: object) -> TestResponse:
        """Send a form with the token of the session; `more` are fields changed or added."""
        fields: dict[str, object] = {name: values for name, values in form.lists() if name != "csrf_token"}
        return self[by].post(address, {**fields, **more})


def furnish_county(database: Path, template: Path, folder: Path) -> CountyDesk:
    """Make the county with its stewards and return its desk."""
    shutil.copyfile(template, database)
    engine = open_engine(f"sqlite:///{database}")
    with Session(engine, expire_on_commit=False) as session:
        stage = set_stage(session)
        county = place_by_code(session, code=COUNTY, level=Level.COUNTY)
        stage.enter("second", PostKind.COUNTY_STEWARD, name="吴晓燕", place=county)
        import_places(session, rows=[PlaceRow(code=FAR, name="远山县")])
        far = place_by_code(session, code=FAR, level=Level.COUNTY)
        stage.enter("beyond", PostKind.COUNTY_STEWARD, name="郑远", place=far)
        session.commit()
    engine.dispose()
    return CountyDesk(make_app(f"sqlite:///{database}", folder), {})
