import pathlib, time
import pytest
from flask import Flask
from app.database import session as s
from app.paper import matter_pdf, PAPERS
from publicity.codes.actions import give_code
from publicity.codes.models import TargetKind
from tests.app.residents.conftest import Village
from tests.publicity.workflow.road import TITLE, TODAY, build_road
from tests.factories import at

def test_pdf(web: Flask, village: Village) -> None:
    matter = build_road(village.session, village.places, village.cast)
    give_code(village.session, village=village.places.stone, kind=TargetKind.MATTER, target=str(matter.number), now=at(TODAY, 9))
    village.session.commit()
    with web.app_context():
        for name, paper in PAPERS.items():
            t=time.time()
            out = matter_pdf(village.session, village=village.places.stone, number=matter.number, on=TODAY, paper=paper)
            print(name, len(out), time.time()-t)
            pathlib.Path(f"/tmp/public/{name}.pdf").write_bytes(out)
