"""Addresses of the desk."""

from flask import Blueprint

cadres = Blueprint("cadres", __name__)
