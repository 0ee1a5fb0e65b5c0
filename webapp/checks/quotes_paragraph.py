"""Quotations that run over several sentences open and close within their paragraph."""

from collections.abc import Iterable
from itertools import groupby

from webapp.checks.base import Finding, Severity, VersionCheck, VersionExample, VersionInput
from webapp.checks.reading.quotations import balance, read_quotations
from webapp.errors import N_


class QuotesParagraph(VersionCheck):
    """The French paragraph closes what it opens; the translation does not."""

    slug = "quotes-paragraph"
    severity = Severity.WARNING
    title = N_("A quotation does not close")
    message = N_("In this paragraph a quotation mark is missing or too many.")
    good = (
        VersionExample("en", (("« Un.", "“One."), ("Deux. »", "Two.”")), paragraphs=(0, 0)),
        VersionExample("en", (("« Un.", "“One.”"), ("Deux. »", "“Two.”")), paragraphs=(0, 0)),
        VersionExample("ru", (("« Un. Deux. »", "«Раз. Два»."), ("Fin.", "Конец.")), paragraphs=(0, 0)),
        VersionExample("ko", (("« Un.", "“하나."), ("Deux. »", "둘.”")), paragraphs=(0, 0)),
    )
    bad = (
        VersionExample("en", (("« Un.", "“One.”"), ("Deux. »", "Two.”")), paragraphs=(0, 0), found=(1,)),
        VersionExample("ru", (("« Un.", "«Раз."), ("Deux. »", "«Два»."), ("Fin.", "Конец.")), paragraphs=(0, 0, 0), found=(0,)),
        VersionExample("ko", (("« Un.", "“하나."), ("Deux. »", "둘.")), paragraphs=(0, 0), found=(0,)),
    )
    ignored = (
        VersionExample("en", (("« Un.", "“One."),), paragraphs=(0,)),
        VersionExample("ko", (("« Un.", "“하나."), ("Deux. »", "")), paragraphs=(0, 0)),
    )

    def find(self, version: VersionInput) -> Iterable[tuple[int, Finding]]:
        for _, group in groupby(range(len(version.sentences)), key=version.paragraph_of):
            numbers = list(group)
            sentences = [version.sentences[number] for number in numbers]
            if not all(sentence.target.strip() for sentence in sentences):
                continue
            source = sum(balance(sentence.source) for sentence in sentences)
            target = sum(balance(sentence.target) for sentence in sentences)
            if source or not target:
                continue
            index = next(number for number in reversed(numbers) if balance(version.sentences[number].target))
            alone = [mark for mark in read_quotations(version.sentences[index].target) if mark.partner < 0]
            yield index, self.finding(spans=[(mark.place, mark.place + 1) for mark in alone])
