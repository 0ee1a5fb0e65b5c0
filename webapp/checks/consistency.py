"""What the French says twice in the same words is translated in the same words."""

from collections.abc import Iterable

from webapp.checks.base import Finding, Severity, VersionCheck, VersionExample, VersionInput
from webapp.errors import N_


class Consistency(VersionCheck):
    """One French sentence with two translations in one article."""

    slug = "consistency"
    severity = Severity.WARNING
    title = N_("Translated differently elsewhere")
    message = N_("The same French is translated elsewhere in this article as “%(other)s”.")
    good = (
        VersionExample("en", (("Contacté, le ministère n'a pas répondu.", "The ministry did not reply."),) * 2),
        VersionExample(
            "ru", (("Contacté, le ministère n'a pas répondu.", "Министерство не ответило."), ("Autre chose.", "Другое."))
        ),
        VersionExample("ko", (("À suivre.", "계속된다."), ("À suivre !", "계속!"))),
    )
    bad = (
        VersionExample(
            "en", (("À lire aussi :", "Read also:"), ("Un mot.", "A word."), ("À lire aussi :", "Also read:")), found=(2,)
        ),
        VersionExample("ru", (("À lire aussi :", "Читайте также:"), ("À lire  aussi :", "См. также:")), found=(1,)),
        VersionExample("ko", (("À lire aussi :", "함께 읽기:"), ("À lire aussi :", "더 읽을거리:")), found=(1,)),
    )
    ignored = (
        VersionExample("en", (("À lire aussi :", "Read also:"), ("À lire aussi :", ""))),
        VersionExample("ru", (("À lire aussi :", "Читайте также:"), ("À lire aussi :", "Читайте  также:"))),
    )

    def find(self, version: VersionInput) -> Iterable[tuple[int, Finding]]:
        first: dict[str, str] = {}
        for index, sentence in enumerate(version.sentences):
            target = " ".join(sentence.target.split())
            if not target:
                continue
            other = first.setdefault(" ".join(sentence.source.split()).casefold(), target)
            if other.casefold() != target.casefold():
                yield index, self.finding(spans=[(0, len(sentence.target))], other=other)
