"""Voucher numbers: doubles and gaps."""

from publicity.ledgers.vouchers import Gap, doubles, gaps, numbers_of


def test_a_gap_is_told_at_the_later_line() -> None:
    assert list(gaps(["支-01", "支-02", "支-04"])) == [Gap(2, ("支-03",), 1)]


def test_runs_are_kept_apart_and_need_not_be_in_order() -> None:
    assert list(gaps(["支-041", "收-018", "支-043", "支-042", "收-019"])) == []
    assert list(gaps(["收08-1", "付08-1", "付08-2"])) == []
    assert list(gaps(["记字第31号", "记字第33号"])) == [Gap(1, ("记字第32号",), 1)]
    assert list(gaps(["041#", "043#"])) == [Gap(1, ("042#",), 1)]


def test_a_run_that_begins_late_has_no_gap() -> None:
    assert list(gaps(["支-041", "支-042"])) == []


def test_many_missing_numbers_are_one_gap() -> None:
    assert list(gaps(["1", "9"])) == [Gap(1, ("2", "3", "4"), 7)]


def test_a_voucher_of_several_numbers_fills_the_run() -> None:
    assert list(gaps(["支1号", "支2至4号", "支5号"])) == []
    assert list(gaps(["支1号", "支3至4号"])) == [Gap(1, ("支2号",), 1)]
    assert list(gaps(["支1", "支2、3", "支4"])) == []


def test_parts_of_one_voucher_are_no_gap_and_no_double() -> None:
    vouchers = ["记字第1号-1", "记字第1号-2", "记字第2号"]
    assert list(gaps(vouchers)) == []
    assert list(doubles(vouchers)) == []


def test_doubles_are_found_in_any_width() -> None:
    assert list(doubles(["支-02", "支-03", "支－０２", "", ""])) == [(2, 0)]


def test_words_and_account_numbers_have_no_run() -> None:
    assert numbers_of("收据") is None
    assert numbers_of("6222021234567890123") is None
