"""What changed in a village's list, for everybody: against the version before, against the template, or nothing."""

from dataclasses import dataclass, replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.cast import Cast, Places
from tests.factories import at, make_people, make_person, make_place_tree
from tests.village_lists.editions.contents import small_list
from village_lists.editions import actions
from village_lists.editions.contents import ListContent
from village_lists.editions.lineage import former_adoption, newer_template_version, newer_version, template_of
from village_lists.flowcharts.graph import Edge, Node, NodeKind
from village_lists.people.models import Person, PostKind
from village_lists.places.models import Place
from village_lists.powers.models import Adoption, ListVersion

FIRST, SECOND, THIRD = date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1)
CHANGES = "/v/330299101201/powers/changes"


@dataclass(frozen=True, kw_only=True)
class County:
    """A county with two stewards, whose list villages adopt; `publish` and `adopt` do what their names say."""

    session: Session
    places: Places
    cast: Cast
    other: Person

    def publish(
        self, content: ListContent, on: date, *, place: Place | None = None, template: ListVersion | None = None
    ) -> ListVersion:
        """Return a version of the list of the county, or of a village, published on a day."""
        version = actions.make_version(
            self.session,
            place=place or self.places.county,
            slug="test",
            content=content,
            template=template,
            by=self.cast.shen,
            now=at(on),
        )
        actions.submit_version(self.session, version=version, note="", by=self.cast.shen, now=at(on))
        actions.publish_version(self.session, version=version, valid_from=on, by=self.other, now=at(on))
        return version

    def adopt(self, version: ListVersion, on: date) -> Adoption:
        """Return the confirmed adoption of a version by 上石村."""
        adoption = Adoption(
            village_id=self.places.stone.id,
            version_id=version.id,
            meeting="村民代表会议",
            held_on=on,
            due=38,
            present=36,
            in_favour=35,
            recorded_at=at(on, 15),
            recorded_by_id=self.cast.li.id,
            confirmed_at=at(on, 17),
            confirmed_by_id=self.cast.chen.id,
        )
        self.session.add(adoption)
        self.session.flush()
        return adoption


@pytest.fixture
def county(session: Session) -> County:
    """Return the county before it has a list."""
    places = make_place_tree(session)
    cast = make_people(session, places)
    other = make_person(session, "唐秋月", places.county, PostKind.COUNTY_STEWARD)
    return County(session=session, places=places, cast=cast, other=other)


def with_filing(content: ListContent) -> ListContent:
    """Return the list with a step more in 简易程序 and another fee for 修路."""
    little, *others = content.procedures
    start, plan, vote, end = little.graph.nodes
    filing = Node(key="filing", kind=NodeKind.STEP, title="镇里备案", actor="镇政府")
    edges = [edge for edge in little.graph.edges if edge.label != "同意"]
    edges += [Edge(source="vote", target="filing", label="同意"), Edge(source="filing", target="end")]
    graph = replace(little.graph, nodes=(start, plan, vote, filing, end), edges=tuple(edges))
    items = (replace(content.items[0], fee="每次五元"), *content.items[1:])
    return replace(content, items=items, procedures=(replace(little, graph=graph), *others))


@pytest.fixture
def changed(county: County) -> County:
    """Return the county after 上石村 adopted the first and the second version of its list."""
    county.adopt(county.publish(small_list(), FIRST), FIRST)
    county.adopt(county.publish(with_filing(small_list()), SECOND), SECOND)
    county.session.commit()
    return county


def test_residents_see_what_changed_in_plain_words(visitor, changed):
    page = visitor.get(CHANGES).text
    assert "收费由「不收费」改为「每次五元」" in page
    assert "新增一步「镇里备案」（第 3 步）" in page
    assert "第 2 版，2026年9月1日村民代表会议通过" in page
    assert "应到 38 人，实到 36 人，同意 35 人" in page
    assert "第 1 版，2026年8月1日村民代表会议通过" in page


def test_a_shared_procedure_is_told_once_and_names_its_items(visitor, changed):
    page = visitor.get(CHANGES).text
    assert page.count("新增一步「镇里备案」") == 1
    assert f'href="{CHANGES}/B01?against=former"' in page


def test_an_item_shows_its_fields_and_both_charts(visitor, changed):
    page = visitor.get(f"{CHANGES}/A01").text
    assert "<del>不收费</del>" in page
    assert "<ins>每次五元</ins>" in page
    assert page.count("<svg") == 2
    assert 'class="small standing-added">新增' in page
    assert "3 步没有变" in page


def test_an_item_without_a_change_has_no_page(visitor, changed):
    assert visitor.get(f"{CHANGES}/B02").status_code == 404


def test_the_first_version_has_nothing_to_compare_with(visitor, county):
    county.adopt(county.publish(small_list(), FIRST), FIRST)
    county.session.commit()
    assert "这是本村通过的第一版清单" in visitor.get(CHANGES).text
    assert visitor.get(f"{CHANGES}/A01").status_code == 404


def test_a_version_that_says_the_same_says_so(visitor, county):
    county.adopt(county.publish(small_list(), FIRST), FIRST)
    county.adopt(county.publish(small_list(), SECOND), SECOND)
    county.session.commit()
    assert "和上一版比，没有变化" in visitor.get(CHANGES).text


def test_without_an_adoption_there_is_no_page(visitor, county):
    county.publish(small_list(), FIRST)
    county.session.commit()
    assert visitor.get(CHANGES).status_code == 404


def test_an_adapted_list_is_compared_with_its_template(visitor, county):
    template = county.publish(small_list(), FIRST)
    own = county.publish(with_filing(small_list()), SECOND, place=county.places.stone, template=template)
    county.adopt(own, SECOND)
    county.session.commit()
    page = visitor.get(CHANGES).text
    assert "本村在模板上作了下面这些改动" in page
    assert "模板已经出了" not in page
    county.publish(replace(small_list(), note="改过"), THIRD)
    county.session.commit()
    assert "模板已经出了第 2 版，本村还没有通过" in visitor.get(CHANGES).text


def test_both_comparisons_can_be_chosen(visitor, county):
    template = county.publish(small_list(), FIRST)
    county.adopt(template, FIRST)
    own = county.publish(with_filing(small_list()), SECOND, place=county.places.stone, template=template)
    county.adopt(own, SECOND)
    county.session.commit()
    assert "和上一版比" in visitor.get(CHANGES).text
    assert "本村在模板上作了下面这些改动" in visitor.get(f"{CHANGES}?against=template").text


def test_where_a_version_comes_from_and_what_came_after(county):
    first = county.publish(small_list(), FIRST)
    adopted = county.adopt(first, FIRST)
    session = county.session
    assert former_adoption(session, village=county.places.stone) is None
    assert newer_version(session, version=first) is None
    own = county.publish(with_filing(small_list()), SECOND, place=county.places.stone, template=first)
    newest = county.adopt(own, SECOND)
    assert former_adoption(session, village=county.places.stone) == adopted
    assert template_of(session, version=own) == first
    assert newer_template_version(session, adoption=newest) is None
    second = county.publish(replace(small_list(), note="改过"), THIRD)
    assert newer_version(session, version=first) == second
    assert newer_template_version(session, adoption=newest) == second
    assert newer_template_version(session, adoption=adopted) == second
