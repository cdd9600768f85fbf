"""What the ids in a report are called: topics, claims and mistakes, as far as a bank or a form says so."""

from collections.abc import Iterable, Mapping
from dataclasses import field

from quizgen.forms.form import Form
from quizgen.values import immutable
from quizgen.words import joined

_OR = " or "  # what stands between the ids of a diagnosis that several mistakes lead to


@immutable
class Names:
    """Names by id. What has none is called by its id, its hyphens as spaces; claims keep theirs as it is."""

    topics: Mapping[str, str] = field(default_factory=dict)
    claims: Mapping[str, str] = field(default_factory=dict)
    misconceptions: Mapping[str, str] = field(default_factory=dict)

    def topic(self, topic: str) -> str:
        """The title of a topic."""
        return self.topics.get(topic) or capitalised(as_words(topic))

    def claim(self, claim: str) -> str:
        """The title of a claim."""
        return self.claims.get(claim) or claim

    def mistake(self, diagnosis: str | None) -> str:
        """The name of a mistake, or of each that a diagnosis leaves open; "" for none."""
        ids = (diagnosis or "").split(_OR)
        first, *others = [self.misconceptions.get(one) or as_words(one) for one in ids]
        return joined("list.or", (capitalised(first), *others))


def misconceptions_of(forms: Iterable[Form]) -> Mapping[str, str]:
    """The names that the parts of ``forms`` record for the mistakes that they know."""
    return {
        mistake.id: mistake.name
        for form in forms
        for item in form.items
        for part in item.parts
        for mistake in part.misconceptions
        if mistake.name
    }


def as_words(name: str) -> str:
    """An id as words: "floor-for-ceil" is "floor for ceil"."""
    return name.replace("-", " ")


def capitalised(text: str) -> str:
    """``text`` with a capital in front."""
    return text[:1].upper() + text[1:]
