"""Forms of the desk: what was sent, in shape; what it means is checked by the domains."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional


class UploadForm(FlaskForm):  # type: ignore[misc] # flask-wtf ships no types
    """A workbook for one legal body."""

    body = RadioField(_l("哪个账套"), validators=[DataRequired(_l("请选择是哪个账套的账"))])
    file = FileField(_l("账本文件"), validators=[FileRequired(_l("请选择账本文件"))])


class DraftForm(FlaskForm):  # type: ignore[misc]
    """Which months of an upload become drafts; a correction says why."""

    reason = TextAreaField(_l("更正原因"), validators=[Optional(), Length(max=300)])


class BalanceForm(FlaskForm):  # type: ignore[misc]
    """What the books start from."""

    body = RadioField(_l("哪个账套"), validators=[DataRequired(_l("请选择是哪个账套的账"))])
    period = StringField(_l("从哪个月开始"), validators=[DataRequired(_l("请填写月份，例如 2026-09"))])
    amount = StringField(_l("月初余额（元）"), validators=[DataRequired(_l("请填写金额，例如 186420.35"))])
    basis = StringField(
        _l("依据"), validators=[DataRequired(_l("请写明依据，例如 2026年8月银行对账单")), Length(max=200)]
    )


class DecideForm(FlaskForm):  # type: ignore[misc]
    """A decision on a version as it was seen."""

    revision = IntegerField(validators=[DataRequired()])
    note = TextAreaField(_l("总的意见"), validators=[Optional(), Length(max=500)])


class AnswerForm(FlaskForm):  # type: ignore[misc]
    """An answer to a remark."""

    words = TextAreaField(_l("答复"), validators=[DataRequired(_l("请写答复")), Length(max=500)])
