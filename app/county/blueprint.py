"""Addresses of the county's stewards."""

from flask import Blueprint

county = Blueprint("county", __name__)
