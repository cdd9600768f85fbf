"""The response file as text: one line a part, whatever the words of the form hold."""

from dataclasses import replace

import pytest
import yaml

from quizgen.forms import response_file
from quizgen.items.number_key import NumericKey


@pytest.mark.parametrize("text", ["two\nstudent: Eve", "a\r\nb", "a\u2028b", "a\x85b", "a\x07b", "  a\t b "])
def test_no_text_of_a_form_writes_a_line_of_its_own(form, text):
    """A line break in a title or a unit stays inside its comment, and the file means the same as without."""
    item = next(item for item in form.items if isinstance(item.parts[0].key, NumericKey))
    part = replace(item.parts[0], key=replace(item.parts[0].key, unit=text))
    changed = replace(item, parts=(part, *item.parts[1:]))
    odd = replace(form, title=text, items=tuple(changed if each is item else each for each in form.items))
    for write in (response_file.empty, response_file.key):
        assert len(write(odd).splitlines()) == len(write(form).splitlines())
        assert yaml.safe_load(write(odd)) == yaml.safe_load(write(form))


@pytest.mark.parametrize("thousands", ["", "."])
def test_the_key_is_written_as_the_form_declares(form, thousands):
    """Where 1.234 would be doubtful, or a thousand, it stands there with a comma; other points may stay."""
    item = next(item for item in form.items if isinstance(item.parts[0].key, NumericKey))
    for printed, written in (("1.234", "1,234"), ("0.5", "0.5"), ("1.234e-5", "1,234e-5")):
        part = replace(item.parts[0], key=replace(item.parts[0].key, value=float(printed), printed=printed))
        changed = replace(item, parts=(part, *item.parts[1:]))
        odd = replace(form, items=(changed,), decimal_comma=True, thousands=thousands)
        assert yaml.safe_load(response_file.key(odd))["responses"][part.label] == written
        point = replace(odd, decimal_comma=False, thousands="")
        assert yaml.safe_load(response_file.key(point))["responses"][part.label] == printed
