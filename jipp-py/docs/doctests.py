"""Shows the examples of docstrings as code: what stands after ``>>>``, up to an empty line, is no text to be formatted."""

import griffe


def fenced(text):
    lines, inside = [], False
    for line in text.split("\n"):
        if not inside and line.lstrip().startswith(">>> "):
            lines.append("```pycon")
            inside = True
        elif inside and not line.strip():
            lines.append("```")
            inside = False
        lines.append(line)
    return "\n".join([*lines, "```"] if inside else lines)


class Doctests(griffe.Extension):
    def on_instance(self, *, obj, **_):
        if obj.docstring is not None:
            obj.docstring.value = fenced(obj.docstring.value)
