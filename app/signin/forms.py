"""The sign-in form."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, Length


class SignInForm(FlaskForm):  # type: ignore[misc] # flask-wtf ships no types
    """Phone number or user name, and password."""

    name = StringField(_l("手机号或用户名"), validators=[DataRequired(_l("请填写手机号或用户名")), Length(max=60)])
    password = PasswordField(_l("密码"), validators=[DataRequired(_l("请填写密码"))])
    next = HiddenField()
