"""What the ids in a report are called: topics, claims and mistakes, as far as a bank or a form says so."""

from collections.abc import Iterable, Mapping
from dataclasses import field

from quizgen.forms.form import Form
from quizgen.values import immutable
from quizgen.words import ENGLISH, capitalised, joined, say, words_in

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
        if not diagnosis:
            return ""
        return say("report.mistakes", mistakes=joined("list.or", map(self._mistake, diagnosis.split(_OR))))

    def _mistake(self, one: str) -> str:
        """The name that an author gave, or that the word files give a slip that any answer can suffer."""
        own = self.misconceptions.get(one)
        return own or (say(f"mistake.{one}") if one in words_in(ENGLISH)["mistake"] else as_words(one))


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
