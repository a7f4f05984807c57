"""Where a month's closing balance lies: typed on the desk, held against the closing, read by residents."""

from tests.app.officials import DESK


def test_it_is_kept_and_has_to_add_up(town):
    clerk, key = town.visitors["clerk"], town.desk.returned
    address = f"{DESK}/versions/{key}"
    form = {"revision": str(town.revision(key)), "kind-1": "cash", "name-1": "", "amount-1": "12.50"}
    assert clerk.post(f"{address}/funds", form).status_code == 303
    page = clerk.get(address).text
    assert "12.50" in page
    assert "库存现金和银行账户加起来和本月结余差" in page


def test_what_cannot_be_is_refused_in_a_sentence(town):
    clerk, key = town.visitors["clerk"], town.desk.returned
    address = f"{DESK}/versions/{key}"
    for typed, words in (
        ({"kind-1": "cash", "amount-1": "很多"}, "不是金额"),
        ({"kind-1": "bank", "amount-1": "5"}, "银行账户要写一个叫法"),
        ({"kind-1": "cash", "amount-1": "5", "kind-2": "cash", "amount-2": "6"}, "同一个账户写了两行"),
    ):
        clerk.post(f"{address}/funds", {"revision": str(town.revision(key)), **typed})
        assert words in clerk.get(address).text
    assert town.visitors["head"].post(f"{address}/funds", {"revision": "1"}).status_code == 403
