"""Addresses for township auditors."""

from flask import Blueprint

auditors = Blueprint("auditors", __name__)
