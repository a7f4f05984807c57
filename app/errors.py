"""One page for every refusal and mistake: what happened, what to do, nothing of the inside."""

from flask import Flask, current_app, render_template
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import HTTPException

from app.words import say
from village_lists.errors import NotAllowed, NotFound, Refusal, Stale
from village_lists.markers import N_

SENTENCES = {
    400: N_("这次提交的内容不完整，请返回上一页再试一次"),
    403: N_("这件事不在您的职责范围内"),
    404: N_("没有找到这个页面，请核对地址或编号"),
    405: N_("这个地址不能这样打开"),
    409: N_("这份内容刚被别人改过，请刷新后再看"),
    413: N_("文件太大，请不要超过 10 MB"),
    429: N_("试得太频繁了，请过几分钟再来"),
    500: N_("系统出了差错，已经记下；请稍后再试"),
}


def init_errors(app: Flask) -> None:
    """Show refusals of the domains and errors of the web as pages in plain words."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(IntegrityError, _held_back)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _failed)


def _page(status: int, sentence: str) -> tuple[str, int]:
    return render_template("errors/show_error.html", status=status, sentence=sentence), status


def _refused(error: Refusal) -> tuple[str, int]:
    status = 403 if isinstance(error, NotAllowed) else 404 if isinstance(error, NotFound) else 409
    return _page(409 if isinstance(error, Stale) else status, say(error.words, error.values))


def _held_back(error: IntegrityError) -> tuple[str, int]:
    """The database refused what the rules let through: nothing was changed; the operator finds it in the log."""
    current_app.logger.error("the database refused: %s", error.orig)
    return _page(409, say(SENTENCES[409]))


def _expired(_error: CSRFError) -> tuple[str, int]:
    return _page(400, say(N_("页面放得太久了，请返回上一页刷新后再提交")))


def _failed(error: HTTPException) -> tuple[str, int] | HTTPException:
    if error.code is None or error.code < 400:
        return error
    return _page(error.code, say(SENTENCES.get(error.code, SENTENCES[400 if error.code < 500 else 500])))
