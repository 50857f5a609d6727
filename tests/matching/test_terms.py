"""Which term a message asks to be explained, and which terms an answer uses."""

from dataclasses import replace

import pytest

from bot.knowledge.model import Knowledge, Term
from bot.knowledge.phrases import Bilingual, Phrases
from bot.matching.mentions.terms import Terms


def term(name: str, german: str, english: str, de: tuple[str, ...] = (), en: tuple[str, ...] = ()) -> Term:
    return Term(name, Bilingual(german, english), Phrases(de, en), ())


TERMS = (
    term(
        "av-contract",
        "AV-Vertrag",
        "Data processing agreement",
        ("AVV", "Auftragsverarbeitungsvertrag"),
        ("DPA", "processor contract"),
    ),
    term("processor", "Auftragsverarbeiter", "Processor"),
    term("controller", "Verantwortlicher", "Controller"),
    term("metadata", "Metadaten", "Metadata"),
    term("dpf", "DPF", "DPF", ("Data Privacy Framework",), ("EU-US Data Privacy Framework", "Data Privacy Framework")),
    term("double-opt-in", "Double Opt-in", "Double opt-in"),
    term("advertising-law", "§ 7 UWG", "Section 7 UWG"),
    term("lawfulness", "Art. 6 DSGVO", "Art. 6 GDPR"),
    term("gdpr", "DSGVO", "GDPR", ("Datenschutz-Grundverordnung",), ("General Data Protection Regulation",)),
    term("business-app", "Business App", "Business app", ("WhatsApp Business App",), ("WhatsApp Business app",)),
    term("api", "API", "API", ("Programmierschnittstelle",)),
    term("olg", "OLG", "Higher Regional Court", ("Oberlandesgericht",), ("OLG",)),
    term("encryption", "Ende-zu-Ende-Verschlüsselung", "End-to-end encryption", ("E2EE",), ("E2EE",)),
    term("interest", "Berechtigtes Interesse", "Legitimate interest"),
    term("officer", "Datenschutzbeauftragter", "Data protection officer", ("DSB",), ("DPO",)),
    term("broadcast", "Broadcast-Liste", "Broadcast list"),
    term("computing", "IT", "IT"),
)


@pytest.fixture(scope="module")
def terms(real: Knowledge) -> Terms:
    return Terms(replace(real, terms={each.id: each for each in TERMS}))


ASKED = (
    ("was heißt AV-Vertrag?", "av-contract"),
    ("was ist ein Auftragsverarbeiter?", "processor"),
    ("was bedeutet DPF?", "dpf"),
    ("AVV?", "av-contract"),
    ("was ist § 7 UWG?", "advertising-law"),
    ("was meinst du mit Metadaten?", "metadata"),
    ("erklär mal Double Opt-in", "double-opt-in"),
    ("AV-Vertrag was ist das", "av-contract"),
    ("Was ist denn die Business App?", "business-app"),
    ("kenne die business app nicht, was ist das?", "business-app"),
    ("what's an API?", "api"),
    ("what does controller mean?", "controller"),
    ("define metadata", "metadata"),
    ("DPA?", "av-contract"),
    ("Was genau versteht man unter Metadaten?", "metadata"),
    ("wofür steht die Abkürzung OLG", "olg"),
    ("mit dem begriff berechtigtes interesse kann ich nix anfangen", "interest"),
    ("was sind metadaten eigentlich", "metadata"),
    ("Könnten Sie mir bitte erklären, was ein Auftragsverarbeiter ist?", "processor"),
    ("Hallo, was ist bitte ein DSB?", "officer"),
    ("nie gehört: double opt in", "double-opt-in"),
    ("DPF sagt mir nichts", "dpf"),
    ("ich weiß nicht was eine api ist", "api"),
    ("keine ahnung was ein olg ist", "olg"),
    ("Was ist das, ein AV Vertrag?", "av-contract"),
    ("was isn des, a api", "api"),
    ("wos hoaßt DSGVO", "gdpr"),
    ("Bedeutung Metadaten", "metadata"),
    ("definition auftragsverarbeiter", "processor"),
    ("was is ne end zu ende verschlüsselung", "encryption"),
    ("was heisst auftragsverabeiter", "processor"),
    ("was soll ein avv sein", "av-contract"),
    ("hä, metadaten?", "metadata"),
    ("Was ist mit „Broadcast-Liste“ gemeint?", "broadcast"),
    ("Was verstehen Sie unter einem Verantwortlichen?", "controller"),
    ("was ist artikel 6 dsgvo", "lawfulness"),
    ("Was regelt § 7 UWG?", "advertising-law"),
    ("paragraf 7 uwg was ist das", "advertising-law"),
    ("was ist § 7 Abs. 2 Nr. 2 UWG", "advertising-law"),
    ("Art 6 Abs 1 lit f DSGVO?", "lawfulness"),
    ("Was ist eine Broadcast-Liste bei WhatsApp?", "broadcast"),
    ("Was heißt Verantwortlicher im Sinne der DSGVO?", "controller"),
    ("was bedeuten metadaten", "metadata"),
    ("Und was ist eine API?", "api"),
    ("nochmal: was war ein AVV", "av-contract"),
    ("Begriff Auftragsverarbeiter erklären", "processor"),
    ("bitte Double-Opt-In erklären", "double-opt-in"),
    ("doubleoptin was is das", "double-opt-in"),
    ("what is a data processing agreement", "av-contract"),
    ("sorry, what do you mean by metadata?", "metadata"),
    ("what does DPF stand for", "dpf"),
    ("never heard of double opt-in", "double-opt-in"),
    ("explain end-to-end encryption please", "encryption"),
    ("could you explain what a processor is?", "processor"),
    ("I don't know what a DPO is", "officer"),
    ("metadata meaning", "metadata"),
    ("meaning of legitimate interest", "interest"),
    ("what exactly is the business app", "business-app"),
    ("whats metadata", "metadata"),
    ("tell me what a broadcast list is", "broadcast"),
    ("what is section 7 UWG", "advertising-law"),
    ("what's Article 6 GDPR?", "lawfulness"),
    ("What's Art. 6(1)(f) GDPR?", "lawfulness"),
    ("what's meant by controller", "controller"),
    ("what are broadcast lists", "broadcast"),
    ("processor – what's that?", "processor"),
    ("Not sure what GDPR means", "gdpr"),
    ("what is end to end encription", "encryption"),
    ("what does DPA mean in the GDPR?", "av-contract"),
)
NOT_ASKED = (
    "Was ist bei Metadaten mit Kunden erlaubt?",
    "Brauche ich einen AV-Vertrag?",
    "Was kostet die Business App?",
    "Was ist mit Metadaten?",
    "Was ist jetzt mit dem AV-Vertrag?",
    "Darf ich mit der Business App werben?",
    "die Business App",
    "wir nutzen die Business App",
    "und die Business App?",
    "mit API?",
    "Was ist der Unterschied zwischen Business App und API?",
    "was ist besser, Business App oder API",
    "Was muss in einem AV-Vertrag stehen?",
    "Woher bekomme ich einen AVV?",
    "Ist WhatsApp ein Auftragsverarbeiter?",
    "Wer ist mein Datenschutzbeauftragter?",
    "Was passiert mit Metadaten?",
    "Was sieht Meta an Metadaten?",
    "Wie funktioniert Double Opt-in?",
    "was ist das?",
    "was heißt das?",
    "was bedeutet das für mich?",
    "ich kenne die business app",
    "Was ist WhatsApp?",
    "Auftragsverarbeiter",
    "Was ist nach der DSGVO erlaubt?",
    "Was heißt das für unseren AV-Vertrag?",
    "Erklär mir, warum ich einen AVV brauche",
    "was ist ein guter Auftragsverarbeiter",
    "Was ist ein Unterauftragsverarbeiter?",
    "Was ist § 8 UWG?",
    "Was ist ein Vertrag?",
    "what about metadata?",
    "do I need a DPA?",
    "what is allowed under the GDPR",
    "is the business app free?",
    "what happens to metadata",
    "What is the DPO allowed to read?",
    "who is our DPO?",
    "what is wrong with the business app",
    "DPA or not?",
    "with the API",
    "what should a DPA contain?",
    "what is it?",
    "what does it mean?",
    "",
    "?",
)


@pytest.mark.parametrize(("text", "expected"), ASKED)
def test_a_message_that_asks_for_a_meaning_names_its_term(text: str, expected: str, terms: Terms) -> None:
    assert terms.asked(text) == expected


@pytest.mark.parametrize("text", NOT_ASKED)
def test_a_message_that_asks_something_else_asks_for_no_meaning(text: str, terms: Terms) -> None:
    assert terms.asked(text) is None


@pytest.mark.parametrize("text", ["AVV", "avv?", "Der AV-Vertrag", "the DPA", "Auftragsverarbeitungsvertrag!"])
def test_a_message_may_consist_of_a_term_alone(text: str, terms: Terms) -> None:
    assert terms.named(text) == "av-contract"


@pytest.mark.parametrize("text", ["mit AVV", "AVV ja", "AVV und API", "und AVV?"])
def test_a_message_with_more_than_a_term_consists_of_none(text: str, terms: Terms) -> None:
    assert terms.named(text) is None


def test_the_terms_of_an_answer_stand_in_the_order_of_their_first_use(terms: Terms) -> None:
    german = (
        "Schließen Sie mit dem Auftragsverarbeiter einen AV-Vertrag.",
        "Die Metadaten bleiben; auch AV-Verträge mit anderen Auftragsverarbeitern ändern daran nichts.",
    )
    assert terms.used_in(german, "de") == ("processor", "av-contract", "metadata")
    english = ("Sign a data processing agreement with each processor; controllers stay liable.",)
    assert terms.used_in(english, "en") == ("av-contract", "processor", "controller")


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("Das berechtigte Interesse der Verantwortlichen reicht nicht.", ("interest", "controller")),
        ("Nach Art. 6 Abs. 1 Buchst. f DSGVO ist das erlaubt.", ("lawfulness",)),
        ("Das sagt die DSGVO in Art. 13.", ("gdpr",)),
        ("Die WhatsApp Business App reicht.", ("business-app",)),
        ("Ein Unterauftragsverarbeiter ist niemand, und Metadatenschutz gibt es nicht.", ()),
        ("Die Auftragsverarbeitung endet.", ()),
    ],
)
def test_a_term_is_used_by_its_spelling_in_any_inflection(text: str, used: tuple[str, ...], terms: Terms) -> None:
    assert terms.used_in((text,), "de") == used


def test_an_abbreviation_is_no_word_that_is_spelt_like_it(terms: Terms) -> None:
    assert terms.used_in(("If you use it, tell them.",), "en") == ()
    assert terms.used_in(("Ask your IT staff.",), "en") == ("computing",)


def test_a_knowledge_without_terms_explains_none(real: Knowledge) -> None:
    none = Terms(replace(real, terms={}))
    assert none.asked("was ist ein Auftragsverarbeiter?") is None
    assert none.named("AVV?") is None
    assert none.used_in(("Der Auftragsverarbeiter zahlt.",), "de") == ()


def test_a_message_of_any_length_is_read(terms: Terms) -> None:
    assert terms.asked("was ist ein auftragsverarbeiter " * 2000) is None
    assert terms.asked("metadaten" * 2000) is None
