"""The glossary is kept by people, checked on every text, and asks the machine again where a draft misses a term."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

import pytest

from tests.factories import draft_all, make_worker, store_article
from tests.fakes import FakeEngine
from tests.unit.services.reviewing import check_counters, put, sentence, source_of, write
from webapp.domain import State
from webapp.engine.base import Draft
from webapp.errors import ArticleNotFound, FindingsOpen, TargetUnknown, TermInvalid, TermKnown, TermNotFound
from webapp.services import rechecking
from webapp.services.drafting import draft_round
from webapp.services.findings import dismiss_finding, list_findings
from webapp.services.glossary import Given, add_term, change_term, delete_term, list_terms
from webapp.services.glossary_files import export_glossary, import_glossary
from webapp.services.importing import Reason
from webapp.services.masking import masked, unmasked
from webapp.services.rechecking import recheck_round
from webapp.services.retrying import PATIENCE
from webapp.services.terms import Standing, glossary_of, shown_terms
from webapp.storage import articles
from webapp.storage.store import Store

FRENCH = "Le préfet a parlé hier soir devant le conseil."
PREFECT = Given("préfet", forms={"en": ("prefect",), "ru": ("префект",), "ko": ("도지사", "지사")})


def add(store: Store, given: Given = PREFECT, article: str | None = None) -> int:
    with store.begin() as tx:
        return add_term(tx, given, article_id=article).id


def asked_for(store: Store, article: str, target: str = "en") -> list[str]:
    """What the glossary check says of a version."""
    with store.read() as tx:
        found = list_findings(tx, article, target=target)
    return [f.data.get("wanted") or f"not {f.data['forbidden']}" for f in found if f.check == "glossary"]


def recheck(store: Store) -> int:
    """Lets a worker check again what is to be checked again; returns in how many rounds."""
    rounds = 0
    while recheck_round(store):
        rounds += 1
    return rounds


# --- kept by people ---------------------------------------------------------------------------------------------------


def test_a_term_that_lacks_something_is_refused_with_what_it_lacks(store: Store) -> None:
    for given, words in (
        (Given(" ", forms={"en": ["x"]}), "French term"),
        (Given("…", forms={"en": ["x"]}), "French term"),
        (Given("préfet"), "at least one target"),
        (Given("préfet", forms={"en": [" "]}), "at least one target"),
        (Given("préfet", "maybe", {"en": ["x"]}), "rule"),
        (Given("p" * 201, forms={"en": ["x"]}), "longer than 200"),
    ):
        with pytest.raises(TermInvalid, match=words), store.begin() as tx:
            add_term(tx, given)
    with pytest.raises(TargetUnknown), store.begin() as tx:
        add_term(tx, Given("préfet", forms={"de": ["Präfekt"]}))
    with pytest.raises(ArticleNotFound), store.begin() as tx:
        add_term(tx, PREFECT, article_id="none")


def test_the_same_term_is_not_there_twice_but_every_rule_and_every_article_may_have_it(store: Store) -> None:
    article = store_article(store, source_of(FRENCH))
    first = add(store)
    with pytest.raises(TermKnown), store.begin() as tx:
        add_term(tx, Given("Préfet", forms={"en": ["governor"]}, match_case=False))
    add(store, Given("préfet", "never", {"en": ("governor",)}))
    add(store, PREFECT, article)
    other = add(store, Given("maire", forms={"en": ["mayor"]}))
    with pytest.raises(TermKnown), store.begin() as tx:
        change_term(tx, other, PREFECT)
    with store.begin() as tx:
        assert change_term(tx, first, PREFECT).id == first
        delete_term(tx, first)
        with pytest.raises(TermNotFound):
            delete_term(tx, first)
        assert list_terms(tx).total == 2
        assert list_terms(tx, article_id=article).total == 1


# --- checked ----------------------------------------------------------------------------------------------------------


def test_drafts_and_what_people_write_are_checked_and_approval_waits_for_the_term(store: Store) -> None:
    add(store)
    article = store_article(store, source_of(FRENCH), drafted=None)
    assert asked_for(store, article) == ["prefect"]
    assert asked_for(store, article, "ko") == ["도지사"]
    saved = write(store, article, 0, "en", "The mayor spoke last night to the council.", approve=True)
    assert saved.blocked
    with pytest.raises(FindingsOpen):
        put(store, article, 0, "en", State.APPROVED)
    assert not write(store, article, 0, "en", "The prefects spoke last night to the council.", approve=True).blocked
    assert asked_for(store, article) == []


def test_what_must_stay_and_what_must_never_be_used(store: Store) -> None:
    add(store, Given("Médiapart", "keep"))
    add(store, Given("affaire", "never", {"en": ("affair",)}))
    article = store_article(store, source_of("Médiapart révèle une affaire."), drafted=None)
    write(store, article, 0, "en", "The site reveals an affair.")
    assert sorted(asked_for(store, article)) == ["Médiapart", "not affair"]
    write(store, article, 0, "ru", "Mediapart раскрывает дело.")
    assert asked_for(store, article, "ru") == []


def test_an_articles_own_term_holds_before_everybodys(store: Store) -> None:
    add(store)
    mine = store_article(store, source_of(FRENCH), ("en",))
    other = store_article(store, source_of(FRENCH), ("en",))
    add(store, Given("Préfet", forms={"en": ("governor",)}, match_case=False), mine)
    draft_all(store)
    assert asked_for(store, mine) == ["governor"]
    assert asked_for(store, other) == ["prefect"]


def test_a_changed_glossary_is_checked_again_where_its_terms_are_and_nowhere_else(store: Store) -> None:
    article = store_article(store, source_of(FRENCH, "Rien à voir."), ("en",), drafted=None)
    write(store, article, 0, "en", "The mayor spoke last night to the council.", approve=True)
    assert recheck(store) == 0
    number = add(store)
    assert asked_for(store, article) == []
    assert recheck(store) == 1
    assert asked_for(store, article) == ["prefect"]
    there = sentence(store, article, 0).translations["en"]
    assert there.errors == 1 and there.state is State.APPROVED
    with store.begin() as tx:
        change_term(tx, number, Given("préfet", forms={"en": ["mayor"]}))
    recheck(store)
    assert asked_for(store, article) == []
    with store.begin() as tx:
        change_term(tx, number, Given("préfet", forms={"en": ["governor"]}))
    recheck(store)
    with store.begin() as tx:
        delete_term(tx, number)
    recheck(store)
    assert asked_for(store, article) == []
    check_counters(store, article)


def test_a_dismissal_holds_when_the_sentence_is_checked_again(store: Store) -> None:
    article = store_article(store, source_of(FRENCH), ("en",), drafted=None)
    add(store)
    recheck(store)
    with store.begin() as tx:
        finding = next(f for f in list_findings(tx, article, target="en") if f.check == "glossary")
        dismiss_finding(tx, article, finding.id, reason="citation")
    add(store, Given("conseil", forms={"en": ["council"]}))
    recheck(store)
    assert asked_for(store, article) == ["council"]


def test_much_to_check_is_checked_bit_by_bit(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    article = store_article(store, source_of(*[f"Le préfet {n}." for n in range(7)]), ("en",), drafted=None)
    monkeypatch.setattr(rechecking, "CHECKED", 2)
    monkeypatch.setattr(rechecking, "LOOKED_AT", 5)
    add(store)
    assert recheck(store) == 4
    assert len(asked_for(store, article)) == 7


def test_how_a_translation_stands_to_the_terms_of_its_french(store: Store) -> None:
    add(store)
    add(store, Given("conseil", "never", {"en": ("advice",)}))
    add(store, Given("soir", forms={"ko": ("저녁",)}))
    with store.read() as tx:
        glossary = glossary_of(tx, None)
    shown = shown_terms(glossary, FRENCH, "The mayor gave advice.", "en")
    assert [(s.term.source, s.standing) for s in shown] == [
        ("préfet", Standing.MISSING),
        ("soir", Standing.FREE),
        ("conseil", Standing.FORBIDDEN),
    ]
    (there, *_) = shown_terms(glossary, FRENCH, "The prefects spoke.", "en")
    assert (there.standing, there.found, there.places) == (Standing.THERE, ((4, 12),), ((3, 9),))


# --- asked again ------------------------------------------------------------------------------------------------------


class Hypotheses(FakeEngine):
    """An engine whose first draft of everything misses the term; `others` are what else it could say."""

    def __init__(self, *others: tuple[str, float]) -> None:
        super().__init__(slice_size=50)
        self.others = others

    def alternatives(
        self, sentence: str, *, source: str, target: str, pivot: str | None = None, count: int = 9
    ) -> tuple[Draft, ...]:
        super().alternatives(sentence, source=source, target=target, pivot=pivot, count=count)
        route = self.fingerprints("fr", target)
        return tuple(Draft(text, confidence, pivot, route) for text, confidence in self.others)


def drafted(store: Store, engine: FakeEngine, *french: str, targets: Sequence[str] = ("en",)) -> str:
    article = store_article(store, source_of(*french or (FRENCH,)), targets)
    while draft_round(store, engine, make_worker()):
        pass
    return article


def test_the_machine_is_asked_again_only_where_a_term_is_missed(store: Store) -> None:
    add(store, Given("préfet", forms={"en": ("préfet",)}))
    engine = Hypotheses()
    drafted(store, engine, FRENCH, "Rien à voir.")
    assert engine.asked == []
    add(store, Given("conseil", forms={"en": ("council",)}))
    drafted(store, engine, FRENCH, "Rien à voir.")
    assert [asked[0] for asked in engine.asked] == [FRENCH]


def test_a_likely_hypothesis_with_the_term_is_taken(store: Store) -> None:
    add(store)
    good = "The prefect spoke last night to the council."
    article = drafted(store, Hypotheses(("The mayor spoke.", 0.74), (good, 0.7)))
    there = sentence(store, article, 0).translations["en"]
    assert (there.text, there.confidence, there.state) == (good, 0.7, State.DRAFT)
    assert asked_for(store, article) == []


@pytest.mark.parametrize(
    "others",
    [
        (("The prefect spoke last night to the council.", 0.2),),  # the machine hardly believes it
        (("The prefect spoke spoke spoke spoke spoke to the council.", 0.7),),  # it has the term and breaks the sentence
        (("The prefect spoke in 1999 to the council.", 0.7),),
        (("The mayor spoke last night to the council.", 0.7),),
        (),
    ],
)
def test_no_term_is_forced_into_a_worse_sentence(store: Store, others: tuple[tuple[str, float], ...]) -> None:
    add(store)
    article = drafted(store, Hypotheses(*others))
    assert sentence(store, article, 0).translations["en"].text == f"[en] {FRENCH}"
    assert asked_for(store, article) == ["prefect"]


def test_where_the_english_gets_better_the_others_are_drafted_from_it(store: Store) -> None:
    add(store, Given("préfet", forms={"en": ("prefect",)}))
    good = "The prefect spoke last night to the council."
    article = drafted(store, Hypotheses((good, 0.7)), targets=("en", "ko"))
    korean = sentence(store, article, 0).translations["ko"]
    assert (korean.text, korean.pivot) == (f"[ko] {good}", good)


class Transliterating(Hypotheses):
    """An engine that loses a name, and hands marks through (or, `careless`, not)."""

    careless = False

    def draft(self, sentences, *, source, targets):  # type: ignore[no-untyped-def] # as the fake engine's
        for part in super().draft(sentences, source=source, targets=targets):
            there = sentences[part.start : part.start + len(part.drafts)]
            drafts = (replace(d, text=self._say(s, part.target)) for d, s in zip(part.drafts, there, strict=True))
            yield replace(part, drafts=tuple(drafts))

    def _say(self, sentence: str, target: str) -> str:
        lost = {"en": "The paper", "ko": "신문"}[target]
        name = "[1]" if "[1]" in sentence and not self.careless else lost
        return {"en": f"{name} says that the prefect speaks.", "ko": f"{name}에 따르면 지사가 말한다."}[target]


def test_a_name_that_must_stay_is_handed_through_behind_a_mark(store: Store) -> None:
    add(store, Given("Médiapart", "keep"))
    article = drafted(store, Transliterating(), "Selon Médiapart, le préfet parle.", targets=("en", "ko"))
    there = sentence(store, article, 0).translations
    assert there["en"].text == "Médiapart says that the prefect speaks."
    assert there["ko"].text == "Médiapart에 따르면 지사가 말한다."
    assert there["ko"].pivot == there["en"].text
    assert asked_for(store, article) == []


def test_a_mark_that_gets_lost_changes_nothing(store: Store) -> None:
    add(store, Given("Médiapart", "keep"))
    engine = Transliterating()
    engine.careless = True
    article = drafted(store, engine, "Selon Médiapart, le préfet parle.")
    assert sentence(store, article, 0).translations["en"].text == "The paper says that the prefect speaks."
    assert asked_for(store, article) == ["Médiapart"]


def test_marks_stand_for_words_and_come_back_once_each() -> None:
    assert masked("A et B.", [((0, 1), "A"), ((5, 6), "B")]) == ("[1] et [2].", ("A", "B"))
    assert masked("A [1].", [((0, 1), "A")]) is None
    assert masked("A.", []) is None
    assert unmasked("[2] and [1].", ("A", "B")) == "B and A."
    assert unmasked("[1] and [1].", ("A",)) is None
    assert unmasked("Lost.", ("A",)) is None


def test_an_engine_that_breaks_on_the_second_try_leaves_the_first(store: Store) -> None:
    class Broken(Hypotheses):
        def alternatives(self, *_: object, **__: object) -> tuple[Draft, ...]:
            raise RuntimeError

    add(store)
    article = drafted(store, Broken())
    assert sentence(store, article, 0).translations["en"].text == f"[en] {FRENCH}"


def test_a_term_the_machine_does_not_know_is_given_up_for_this_round(store: Store) -> None:
    add(store)
    engine = Hypotheses()
    drafted(store, engine, *[f"Le préfet numéro {n} parle." for n in range(3 * PATIENCE)])
    assert len(engine.asked) == PATIENCE


# --- files ------------------------------------------------------------------------------------------------------------


def test_a_table_is_taken_with_what_was_left_and_why_and_goes_out_again(store: Store) -> None:
    table = "fr,policy,en,case\npréfet,translate,prefect,\nPRÉFET,,governor,no\nmaire,,,\nconseil,perhaps,council,\n,,x,\n"
    with store.begin() as tx:
        report = import_glossary(tx, BytesIO(table.encode()), "t.csv")
        assert (report.read, report.added) == (5, 1)
        assert {reason: left.first for reason, left in report.left.items()} == {
            Reason.DIFFERS: (3,),
            Reason.NO_TARGET: (4,),
            Reason.RULE_UNKNOWN: (5,),
            Reason.NO_FRENCH: (6,),
        }
        out = export_glossary(tx)
        assert import_glossary(tx, BytesIO(out.encode()), "out.csv").known == 1
        changed = out.replace("prefect", "governor").encode()
        assert import_glossary(tx, BytesIO(changed), "out.csv").left[Reason.DIFFERS].count == 1
        assert import_glossary(tx, BytesIO(changed), "out.csv", replace_known=True).changed == 1
        assert list_terms(tx).items[0].targets["en"].text == "governor"


def test_a_file_may_be_for_one_article(store: Store) -> None:
    article = store_article(store, source_of(FRENCH))
    with store.begin() as tx:
        import_glossary(tx, BytesIO(b"fr,en\nmaire,mayor\n"), "t.csv", article_id=article)
        assert list_terms(tx).total == 0
        assert len(glossary_of(tx, articles.key_of(tx, article))) == 1
        assert len(glossary_of(tx, None)) == 0
