"""A village's own version: begun from a template, changed within the rule book, put to the meeting, published by it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.factories import at, make_people, make_person, make_place_tree
from tests.village_lists.documents.files import PDF
from tests.village_lists.editions.contents import small_list
from tests.village_lists.editions.test_adaptation import item, step
from village_lists.documents.actions import keep_document
from village_lists.editions import actions, adapting, store
from village_lists.editions.adaptation import field_name
from village_lists.editions.allowances import (
    allowed_for,
    faults_of,
    newer_template,
    own_versions,
    unfinished_version,
)
from village_lists.editions.contents import ItemContent, ProhibitionContent
from village_lists.editions.plain import digest_of
from village_lists.errors import NotAllowed, NotFound, Refusal, Stale
from village_lists.people.models import PostKind
from village_lists.places.models import Level
from village_lists.powers.actions import record_resolution, reject_resolution
from village_lists.powers.adoptions import choices_for, standing_of
from village_lists.powers.models import ItemKind, VersionState
from village_lists.powers.queries import adoption_of
from village_lists.powers.resolutions import Resolution
from village_lists.rulebook.models import RuleRow

NOW = at(date(2026, 11, 20), 10)
TODAY = NOW.date()
RULES = {
    "adaptation.item_fields": ["body", "papers"],
    "adaptation.step_fields": ["actor", "limit_days"],
    "adaptation.own_items": 1,
    "adaptation.own_prohibitions": 1,
    "adoption.bodies": ["representatives"],
    "adoption.confirmed_by": ["supervision_head"],
    "decision_body.representatives.body": "committee",
    "decision_body.representatives.present": "2/3",
    "decision_body.representatives.favour": ">1/2",
    "decision_body.representatives.favour_of": "present",
}
OWN_ITEM = ItemContent(
    code="", name="借会议室", kind=ItemKind.SERVICE, category="b", sentence="先登记后借。", body="村委会"
)


class Village:
    """上石村, its county with two stewards and a published list, and the rules of adaptation."""

    def __init__(self, session, *, without=()):
        self.session = session
        self.places = make_place_tree(session)
        self.cast = make_people(session, self.places)
        self.tang = make_person(session, "唐秋月", self.places.county, PostKind.COUNTY_STEWARD)
        for key, value in RULES.items():
            if key not in without:
                row = RuleRow(
                    key=key,
                    level=Level.COUNTY,
                    place_id=self.places.county.id,
                    value={"value": value},
                    valid_from=date(2026, 1, 1),
                )
                session.add(row)
        session.flush()
        self.template = self.publish(small_list())
        self.about: dict[str, Any] = {"village": self.places.stone, "by": self.cast.li, "now": NOW}

    def publish(self, content):
        """Publish a version of the county's list by two stewards."""
        version = actions.make_version(
            self.session, place=self.places.county, slug="test", content=content, by=self.cast.shen, now=NOW
        )
        actions.submit_version(self.session, version=version, note="", by=self.cast.shen, now=NOW)
        actions.publish_version(self.session, version=version, valid_from=TODAY, by=self.tang, now=NOW)
        return version

    def begin(self, template=None):
        return adapting.begin_adaptation(self.session, template=template or self.template, **self.about)

    def content(self, version):
        return store.read_content(self.session, version=version)

    def change_item(self, version, code, **fields):
        former = item(self.content(version), code)
        adapting.change_own_item(
            self.session,
            version=version,
            code=code,
            content=replace(former, **fields),
            seen=digest_of(former),
            **self.about,
        )

    def change_step(self, version, slug, key, **fields):
        former = next(one for one in self.content(version).procedures if one.slug == slug)
        nodes = tuple(replace(node, **fields) if node.key == key else node for node in former.graph.nodes)
        content = replace(former, graph=replace(former.graph, nodes=nodes))
        adapting.change_own_chart(
            self.session, version=version, slug=slug, content=content, seen=digest_of(former), **self.about
        )

    def write_own(self, version, content=OWN_ITEM, lines=("报账员：登记", "还钥匙"), seen=None):
        return adapting.write_own_item(
            self.session, version=version, content=content, lines=lines, seen=seen or digest_of(None), **self.about
        )

    def record(self, version, by=None):
        minutes = keep_document(self.session, place=self.places.stone, name="a.pdf", content=PDF, by=None, now=NOW)
        resolution = Resolution(
            decision_body="representatives",
            meeting="村民代表会议",
            held_on=TODAY,
            due=30,
            present=24,
            in_favour=20,
        )
        return record_resolution(
            self.session,
            village=self.places.stone,
            version_id=version.id,
            resolution=resolution,
            minutes=minutes,
            by=by or self.cast.li,
            now=NOW,
        )

    def submit(self, version):
        adapting.submit_adaptation(self.session, version=version, **self.about)

    def confirm(self, adoption, by=None):
        adapting.confirm_adoption(self.session, adoption=adoption, by=by or self.cast.yonggen, now=NOW)

    def adopt(self, version):
        self.submit(version)
        self.confirm(self.record(version))


@pytest.fixture
def village(session):
    """Return the village."""
    return Village(session)


def test_an_own_version_begins_as_its_template_under_the_villages_name(village):
    version = village.begin()
    assert village.content(version) == replace(small_list(), title="上石村小清单（示例）")
    assert (version.template_id, version.state) == (village.template.id, VersionState.DRAFT)
    with pytest.raises(Refusal, match="没有做完"):
        village.begin()


def test_where_nothing_is_allowed_nothing_begins(session):
    village = Village(session, without=[key for key in RULES if key.startswith("adaptation.")])
    assert not allowed_for(session, village=village.places.stone, on=TODAY).is_anything
    with pytest.raises(Refusal, match="没有允许村里改编清单"):
        village.begin()


def test_only_a_published_version_of_above_is_a_template(village):
    draft = actions.make_version(
        village.session,
        place=village.places.county,
        slug="test",
        content=small_list(),
        by=village.cast.shen,
        now=NOW,
    )
    with pytest.raises(NotFound):
        village.begin(draft)


def test_allowed_fields_change_and_others_do_not(village):
    version = village.begin()
    village.change_item(version, "A01", body="监委会", papers=("照片",))
    village.change_step(version, "little", "plan", actor="报账员", limit_days=2)
    content = village.content(version)
    assert (item(content, "A01").body, item(content, "A01").papers) == ("监委会", ("照片",))
    assert (step(content, "little", "plan").actor, step(content, "little", "plan").limit_days) == ("报账员", 2)
    with pytest.raises(actions.DoesNotHold, match=f"这一栏不能改：{field_name('fee')}"):
        village.change_item(version, "A01", fee="收 100 元")
    with pytest.raises(actions.DoesNotHold, match=f"这一栏不能改：{field_name('title')}"):
        village.change_step(version, "little", "plan", title="不用方案")
    former = item(content, "A01")
    with pytest.raises(actions.DoesNotHold, match="不能去掉"):
        adapting.remove_own_item(village.session, version=version, code="A01", seen=digest_of(former), **village.about)
    assert village.content(version) == content


def test_what_another_changed_meanwhile_is_not_overwritten(village):
    version = village.begin()
    former = item(village.content(version), "A01")
    village.change_item(version, "A01", body="监委会")
    with pytest.raises(Stale):
        adapting.change_own_item(
            village.session,
            version=version,
            code="A01",
            content=replace(former, body="别人"),
            seen=digest_of(former),
            **village.about,
        )


def test_own_items_come_with_a_chart_change_and_go(village):
    version = village.begin()
    before = village.content(version)
    assert village.write_own(version) == "V-01"
    content = village.content(version)
    mine = item(content, "V-01")
    assert [use.slug for use in mine.procedures] == ["v-v-01"]
    assert step(content, "v-v-01", "s2").actor == "村委会"
    village.write_own(version, replace(mine, name="借礼堂"), ("一步",), seen=digest_of(mine))
    content = village.content(version)
    assert item(content, "V-01").name == "借礼堂"
    assert len(content.procedures[-1].graph.nodes) == 3
    mine = item(content, "V-01")
    village.write_own(version, mine, (), seen=digest_of(mine))
    assert item(village.content(version), "V-01").procedures == ()
    assert len(village.content(version).procedures) == 3
    mine = item(village.content(version), "V-01")
    adapting.remove_own_item(village.session, version=version, code="V-01", seen=digest_of(mine), **village.about)
    assert village.content(version) == before


def test_own_prohibitions_stand_behind_those_of_the_template(village):
    version = village.begin()
    rule = ProhibitionContent(code="V-N01", words="不准占用会议室")
    adapting.change_own_prohibition(
        village.session, version=version, code="", content=rule, seen=digest_of(None), **village.about
    )
    assert village.content(version).prohibitions[-1] == rule
    former = small_list().prohibitions[0]
    with pytest.raises(actions.DoesNotHold, match="模板里的负面清单不能改"):
        adapting.change_own_prohibition(
            village.session, version=version, code="N1", content=None, seen=digest_of(former), **village.about
        )


def test_rules_that_became_narrower_hold_at_submission(village):
    version = village.begin()
    village.change_item(version, "A01", body="监委会")
    later = TODAY - timedelta(days=1)
    village.session.add(
        RuleRow(
            key="adaptation.item_fields",
            level=Level.TOWNSHIP,
            place_id=village.places.township.id,
            value={"value": ["papers"]},
            valid_from=later,
        )
    )
    assert [
        problem.part for problem in faults_of(village.session, village=village.places.stone, version=version, on=TODAY)
    ] == ["body"]
    with pytest.raises(actions.DoesNotHold, match=f"这一栏不能改：{field_name('body')}"):
        village.submit(version)


def test_the_meeting_adopts_it_and_the_second_person_publishes_it(village):
    version = village.begin()
    village.change_item(version, "A01", body="监委会")
    stone = village.places.stone
    assert [choice.version for choice in choices_for(village.session, village=stone)] == [village.template]
    village.submit(version)
    assert [choice.version for choice in choices_for(village.session, village=stone)] == [version, village.template]
    adoption = village.record(version)
    assert version.state is VersionState.SUBMITTED
    with pytest.raises(Refusal, match="不能再收回修改"):
        adapting.take_back(village.session, version=version, by=village.cast.li, now=NOW)
    village.confirm(adoption)
    assert (version.state, version.valid_from) == (VersionState.PUBLISHED, TODAY)
    assert adoption_of(village.session, village=stone).version == version
    standing = standing_of(village.session, village=stone, on=TODAY)
    assert (standing.is_own, standing.follows, standing.behind_by) == (True, village.template, 0)


def test_who_wrote_it_does_not_confirm_it(village):
    version = village.begin()
    former = item(village.content(version), "A01")
    about = {**village.about, "by": village.cast.yonggen}
    adapting.change_own_item(
        village.session,
        version=version,
        code="A01",
        content=replace(former, body="x"),
        seen=digest_of(former),
        **about,
    )
    village.submit(version)
    adoption = village.record(version)
    with pytest.raises(NotAllowed, match="自己起草的清单"):
        village.confirm(adoption)
    assert (adoption.confirmed_at, version.state) == (None, VersionState.SUBMITTED)


def test_it_is_taken_back_while_no_resolution_stands(village):
    version = village.begin()
    village.submit(version)
    adapting.take_back(village.session, version=version, by=village.cast.li, now=NOW)
    village.submit(version)
    adoption = village.record(version)
    reject_resolution(village.session, adoption=adoption, note="没有开会", by=village.cast.yonggen, now=NOW)
    adapting.take_back(village.session, version=version, by=village.cast.li, now=NOW)
    assert version.state is VersionState.DRAFT


def test_a_new_template_is_told_and_taken_over_with_the_villages_changes(village):
    version = village.begin()
    village.change_item(version, "A01", body="监委会")
    village.write_own(version)
    assert newer_template(village.session, version=version) is None
    newer = village.publish(
        replace(
            small_list(),
            items=tuple(replace(one, sentence="新的说法。", body="两委") for one in small_list().items),
        )
    )
    assert newer_template(village.session, version=version) == newer
    carried = adapting.redo_adaptation(village.session, version=version, template=newer, **village.about)
    content = village.content(version)
    assert (item(content, "A01").body, item(content, "A01").sentence) == ("监委会", "新的说法。")
    assert (item(content, "A02").body, content.items[-1].code) == ("两委", "V-01")
    assert [(clash.code, clash.field) for clash in carried.clashes] == [("A01", "body")]
    assert newer_template(village.session, version=version) is None
    with pytest.raises(Refusal, match="不是模板的新版"):
        adapting.redo_adaptation(village.session, version=version, template=newer, **village.about)


def test_the_next_own_version_keeps_what_the_last_one_changed_and_supersedes_it(village):
    first = village.begin()
    village.change_item(first, "A01", body="监委会")
    village.adopt(first)
    newer = village.publish(replace(small_list(), note="第二版"))
    stone = village.places.stone
    assert standing_of(village.session, village=stone, on=TODAY).behind_by == 1
    assert unfinished_version(village.session, village=stone) is None
    second = village.begin(newer)
    assert item(village.content(second), "A01").body == "监委会"
    assert village.content(second).note == "第二版"
    village.adopt(second)
    assert [one.state for one in own_versions(village.session, village=stone)] == [
        VersionState.PUBLISHED,
        VersionState.SUPERSEDED,
    ]
    assert standing_of(village.session, village=stone, on=TODAY).behind_by == 0
