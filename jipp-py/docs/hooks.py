"""Takes the roles of docstrings (``:class:`Scope` ``) off the pages of the site: the name is enough."""

import re

_ROLE = re.compile(r":(?:class|meth|func|mod|attr):(<code>)~?(?:jipp\.[\w.]*\.)?")


def on_page_content(html, **_):
    return _ROLE.sub(r"\1", html)
