"""The demonstration: an invented township with believable books in every state of review."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click
from flask.cli import AppGroup

from app import clock
from app.cli.demonstration.fill import Filled, fill
from app.database import session, transaction
from village_lists.places.queries import has_places

SELDOM = 200_000
demo = AppGroup("demo", help="The invented township for trying things out.")


@demo.command("fill", help="Fill an empty database with the invented township 松坪镇, and print its sign-ins.")
@click.option("--villages", type=click.IntRange(1, 300), default=8, show_default=True)
@click.option("--months", type=click.IntRange(1, 120), default=24, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--plant", is_flag=True, help="Reserved for planted irregularities; checks do not run yet.")
def fill_command(villages: int, months: int, seed: int, plant: bool) -> None:
    """Exit 2 where the database already holds places: nothing is mixed with real data."""
    if plant:
        click.echo("自动检查还没有建成，--plant 暂时没有可埋的问题", err=True)
        raise SystemExit(2)
    if has_places(session()):
        click.echo("数据库里已经有地方了，演示数据只填进空的数据库", err=True)
        raise SystemExit(2)
    now = clock.now().astimezone(UTC)
    bar = click.progressbar(length=villages, label="正在写演示账目")
    with _few_collections(), bar, transaction() as write:
        filled = fill(write, villages=villages, months=months, seed=seed, now=now, step=lambda: bar.update(1))
    _print(filled, now)


@contextmanager
def _few_collections() -> Iterator[None]:
    """Let Python look for garbage seldom: so many new objects that stay make every look long, a third of the time."""
    before = gc.get_threshold()
    gc.set_threshold(SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _print(filled: Filled, now: datetime) -> None:
    click.echo(f"演示数据已备好（{now:%Y-%m-%d}）。密码都是：{filled.password}")
    for role, place, name, user_name in filled.sign_ins:
        click.echo(f"  {place}　{role}　{name}　用户名 {user_name}")
    click.echo("这些账号只在演示时有效，正式运行时一律拒绝。")
