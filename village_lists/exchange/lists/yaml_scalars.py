"""What a bare word of a YAML file is: a text, unless it is plainly a whole number, true, false, a figure or nothing."""

import re

from village_lists.library.located import TRUTH_TAG, WHOLE_TAG

TEXT_TAG = "tag:yaml.org,2002:str"
FIGURE_TAG = "tag:yaml.org,2002:float"
NOTHING_TAG = "tag:yaml.org,2002:null"


def tag_of(text: str, *, is_bare: bool) -> str:
    """Return the tag of a scalar; between quotes (`is_bare` false) everything is a text."""
    if not is_bare:
        return TEXT_TAG
    if text in ("", "~", "null"):
        return NOTHING_TAG
    if text in ("true", "false"):
        return TRUTH_TAG
    if re.fullmatch(r"[-+]?\d{1,18}", text, re.ASCII):
        return WHOLE_TAG
    if re.fullmatch(r"[-+]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?|0[xo][0-9a-fA-F]+", text, re.ASCII):
        return FIGURE_TAG
    return TEXT_TAG
