"""Writes the next numbered migration from what the models say and the migrations do not yet; `make migrate`."""

import re
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from app.cli.database import FOLDER, upgrade
from app.database import open_engine


def main(sentence: str) -> int:
    """Write `NNNN_sentence.py`; return 2 without a sentence that can name a file."""
    if not re.fullmatch(r"[a-z][a-z0-9 ]+", sentence):
        print('say what it does, in plain small letters: make migrate m="give records a digest"', file=sys.stderr)
        return 2
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.set_main_option("truncate_slug_length", "60")
    head = ScriptDirectory.from_config(config).get_current_head()
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'models.sqlite'}")
        upgrade(engine)
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            command.revision(config, message=sentence, autogenerate=True, rev_id=f"{int(head or 0) + 1:04}")
        engine.dispose()
    return 0


if __name__ == "__main__":
    sys.exit(main(" ".join(sys.argv[1:])))
