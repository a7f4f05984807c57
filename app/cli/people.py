"""Commands upon people: the first account of a post, with a password said once."""

import secrets

import click
from flask import current_app
from flask.cli import AppGroup

from app import clock
from app.database import transaction
from app.signin.passwords import HASHER
from village_lists.errors import NotFound, Refusal
from village_lists.markers import N_
from village_lists.people.actions import enter_person, give_post, open_account
from village_lists.people.models import PostKind
from village_lists.places.actions import LEVEL_OF_LENGTH
from village_lists.places.queries import place_by_code

people = AppGroup("people", help="Persons, posts and accounts.")


@people.command("invite", help="Enter a person with a post and an account; print the password once.")
@click.option("--name", required=True)
@click.option("--phone", required=True)
@click.option("--place", required=True, help="Division code: 6, 9 or 12 digits.")
@click.option("--post", type=click.Choice([kind.value for kind in PostKind]), required=True)
@click.option("--identity", default="", help="ID number; only a keyed hash of it is kept.")
@click.option("--substitute", is_flag=True, help="The director stands in for the secretary.")
def invite_command(name: str, phone: str, place: str, post: str, identity: str, substitute: bool) -> None:
    """Exit 2 with one line where something is wrong; nothing is kept then."""
    password = secrets.token_urlsafe(9)
    try:
        with transaction() as session:
            level = LEVEL_OF_LENGTH.get(len(place))
            found = place_by_code(session, code=place, level=level) if level else None
            if found is None:
                raise NotFound(N_("没有区划代码为 %(code)s 的地方"), code=place)
            secret = current_app.config["SECRET_KEY"]
            person = enter_person(session, name=name, phone=phone, identity=identity, secret=secret)
            give_post(
                session,
                person=person,
                place=found,
                kind=PostKind(post),
                starts_on=clock.today(),
                is_substitute=substitute,
            )
            user_name = str(person.phone)
            open_account(session, person=person, user_name=user_name, password_hash=HASHER.hash(password))
    except Refusal as refusal:
        click.echo(str(refusal), err=True)
        raise SystemExit(2) from refusal
    click.echo(f"{name}　登录名 {user_name}　初始密码 {password}")
