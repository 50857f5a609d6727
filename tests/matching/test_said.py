"""What a message says of facts, by what it does: state, ask, suppose, deny or repeat. On the shipped knowledge."""

import pytest

from bot.knowledge.loader import load
from bot.matching.facts.reader import FactReader
from bot.matching.facts.said import Said
from tests.small import REAL

#: The facts of a question on advertising.
TOPIC = ("consent", "whatsapp_service", "sender")


@pytest.fixture(scope="module")
def facts() -> FactReader:
    return FactReader(load(REAL).knowledge, ())


ABOUT_A_THING = [
    "was ist denn die business app?",
    "was ist die business platform",
    "was ist API",
    "was heißt Business App?",
    "Was bedeutet API?",
    "kenne die business app nicht, was ist das?",
    "kostet die business app was?",
    "was kostet die api",
    "gibt es die business app auch fürs iphone?",
    "gibts die Business App für Windows?",
    "woran erkenne ich die business app?",
    "wo finde ich die Business App?",
    "Wo lade ich die Business App herunter?",
    "wie unterscheidet sich die normale app von der business app?",
    "ist die business app kostenlos?",
    "Ist die API teuer?",
    "brauche ich die api?",
    "soll ich die business app nehmen?",
    "hab ich die business app?",
    "ist das die business app?",
    "sind wir eine Behörde?",
    "Bin ich ein Betrieb?",
    "gelten wir als Betrieb?",
    "zählt ein Verein als Betrieb?",
    "weiß nicht, was die API ist",
    "von der API hab ich noch nie gehört",
    "Müssen wir dafür die Business App installieren?",
    "läuft die business app am pc?",
    "wer bietet die API an?",
    "erklär mir die Business Platform",
    "was versteht man unter der Business Platform?",
    "Was ist der Unterschied zwischen App und API?",
    "Was zählt als Behörde?",
    "Was meinen Sie mit nachweisbar?",
    "Haben die Kunden zugestimmt?",
    "Wie funktioniert die Business App?",
    "Welche ist die Business App?",
    "was is die business app überhaupt",
    "what is the business app?",
    "what's the API",
    "what does opt-in mean?",
    "is the API expensive?",
    "how much is the business app?",
    "do I need the API?",
    "should we get the business app?",
    "how do I know if I have the business app?",
    "are we a public authority?",
    "does a club count as a business?",
    "never heard of the business platform",
    "what do you mean by business app?",
    "What is the difference between the normal app and the business app?",
    "can I get the business app on an iPhone?",
    "which one is the business app?",
    "is the business app free?",
    "I don't know what the API is",
    "where do I download the business app?",
    "how does the business platform work?",
    "am I a business?",
]


@pytest.mark.parametrize("text", ABOUT_A_THING)
def test_a_question_about_an_option_tells_nothing(text: str, facts: FactReader) -> None:
    said = facts.read(text, TOPIC)
    assert (said.told, said.subject, said.supposed, said.excluded) == ({}, {}, {}, {})


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Darf man mit der Business App werben?", {"whatsapp_service": "business-app"}),
        ("Ist die Business App DSGVO-konform?", {"whatsapp_service": "business-app"}),
        ("Ist Werbung mit der API erlaubt?", {"whatsapp_service": "platform"}),
        ("Darf eine Behörde WhatsApp nutzen?", {"sender": "authority"}),
        ("Dürfen Vereine das?", {"sender": "club"}),
        ("Was gilt für Vereine?", {"sender": "club"}),
        ("Was ist bei der Business App zu beachten?", {"whatsapp_service": "business-app"}),
        ("Darf man ohne Einwilligung werben?", {"consent": "no"}),
        ("Is the business app GDPR compliant?", {"whatsapp_service": "business-app"}),
        ("May a club use WhatsApp?", {"sender": "club"}),
        ("Can one advertise through the API?", {"whatsapp_service": "platform"}),
        ("Is it allowed without consent?", {"consent": "no"}),
        ("Are schools allowed to use WhatsApp?", {"sender": "school"}),
    ],
)
def test_what_a_question_is_about_is_kept_apart_from_what_is_told(
    text: str, subject: dict[str, str], facts: FactReader
) -> None:
    said = facts.read(text, TOPIC)
    assert subject.items() <= said.subject.items()
    assert said.told == {}
    assert said.kind == "question"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Darf ich als Hofladen mit der Business App Werbung machen?",
            {"sender": "business", "whatsapp_service": "business-app"},
        ),
        ("wir nutzen die API, brauchen wir eine Einwilligung?", {"whatsapp_service": "platform"}),
        ("Unser Verein plant einen Newsletter, geht das?", {"sender": "club"}),
        ("Nutze die Business App. Was ist die API?", {"whatsapp_service": "business-app"}),
        (
            "In unserer Praxis nutzen wir die normale App, ist das ok?",
            {"sender": "practice", "whatsapp_service": "private-app"},
        ),
        ("Was kostet uns als Verein die API?", {"sender": "club"}),
        ("Dürfen wir mit der normalen App Kunden anschreiben?", {"whatsapp_service": "private-app"}),
        ("Was droht unserer Schule?", {"sender": "school"}),
        ("Unsere Kunden haben zugestimmt, dürfen wir loslegen?", {"consent": "yes", "sender": "business"}),
        ("Gilt das auch, wenn wir als Behörde schreiben?", {"sender": "authority"}),
        ("Unser Hofladen", {"sender": "business"}),
        ("nur termin", {"content": "ordered"}),
        ("yes signed", {"consent": "yes"}),
        ("200 Kunden haben per Formular zugestimmt", {"consent": "yes"}),
        ("We use the API, do we need consent?", {"whatsapp_service": "platform"}),
        ("Can we as a charity do this?", {"sender": "club"}),
        ("May our school write to parents?", {"sender": "school"}),
        ("Can I send offers with the business app?", {"whatsapp_service": "business-app"}),
        ("I run a bakery and use the normal app. Allowed?", {"sender": "business", "whatsapp_service": "private-app"}),
        ("As a town council, do we need the API?", {"sender": "authority"}),
    ],
)
def test_what_a_question_takes_for_granted_of_the_asker_is_told(
    text: str, told: dict[str, str], facts: FactReader
) -> None:
    assert told.items() <= facts.read(text, TOPIC).told.items()


@pytest.mark.parametrize(
    ("text", "supposed"),
    [
        ("und wenn sie nicht zustimmen?", {"consent": "no"}),
        ("und wenn sie zustimmen?", {"consent": "yes"}),
        ("und wenn sie zugestimmt haben?", {"consent": "yes"}),
        ("und wenn die Kunden nicht zugestimmt haben?", {"consent": "no"}),
        ("und wenn sie nein sagen?", {"consent": "no"}),
        ("und wenn sie ja sagen?", {"consent": "yes"}),
        ("was wenn keiner zustimmt?", {"consent": "no"}),
        ("falls alle unterschreiben?", {"consent": "yes"}),
        ("angenommen, sie hätten zugestimmt", {"consent": "yes"}),
        ("hätten sie zugestimmt, dürfte ich dann?", {"consent": "yes"}),
        ("und wenn ich sie vorher frage?", {"consent": "yes"}),
        ("und wenn ich sie vorher um Erlaubnis bitte?", {"consent": "yes"}),
        ("und ohne Einwilligung?", {"consent": "no"}),
        ("und mit Einwilligung?", {"consent": "yes"}),
        ("und wenn ich keine Einwilligung habe?", {"consent": "no"}),
        ("was wäre mit schriftlicher Einwilligung?", {"consent": "yes"}),
        ("wenn sie ablehnen?", {"consent": "no"}),
        ("sollten sie nicht einwilligen?", {"consent": "no"}),
        ("und wenn ich es nicht beweisen kann?", {"consent": "no"}),
        ("und wenn sie nur mündlich zustimmen?", {"consent": "no"}),
        ("und wenn nicht?", {"consent": "no"}),
        ("und wenn ja?", {"consent": "yes"}),
        ("was passiert wenn sie nicht einwilligen", {"consent": "no"}),
        ("Was ist, wenn die Leute das gar nicht wollen?", {"consent": "no"}),
        ("und wenn die einverstanden sind?", {"consent": "yes"}),
        ("nehmen wir an, alle haben unterschrieben", {"consent": "yes"}),
        ("und wenn sie nicht antworten?", {"consent": "no"}),
        ("and if they don't agree?", {"consent": "no"}),
        ("and if they agree?", {"consent": "yes"}),
        ("what if they say no?", {"consent": "no"}),
        ("what if they agreed?", {"consent": "yes"}),
        ("what if I ask them first?", {"consent": "yes"}),
        ("suppose they consent", {"consent": "yes"}),
        ("if nobody consents?", {"consent": "no"}),
        ("and without consent?", {"consent": "no"}),
        ("what if they've signed?", {"consent": "yes"}),
        ("and if I can't prove it?", {"consent": "no"}),
        ("suppose they had all signed a form", {"consent": "yes"}),
        ("and if they refuse?", {"consent": "no"}),
        ("what if they haven't opted in?", {"consent": "no"}),
        ("And if we had their permission?", {"consent": "yes"}),
        ("assuming everyone agrees, may I?", {"consent": "yes"}),
        ("was wäre mit der normalen App?", {"whatsapp_service": "private-app"}),
        ("und mit der API?", {"whatsapp_service": "platform"}),
        ("was ist mit der Business App?", {"whatsapp_service": "business-app"}),
        ("und per API?", {"whatsapp_service": "platform"}),
        ("geht das auch mit der Business App?", {"whatsapp_service": "business-app"}),
        ("und wenn wir die Business App nutzen?", {"whatsapp_service": "business-app"}),
        ("und mit dem normalen?", {"whatsapp_service": "private-app"}),
        ("what about the business app?", {"whatsapp_service": "business-app"}),
        ("and with the normal app?", {"whatsapp_service": "private-app"}),
        ("how about the API?", {"whatsapp_service": "platform"}),
        ("would it be different with the business app?", {"whatsapp_service": "business-app"}),
        ("und als Verein?", {"sender": "club"}),
        ("und wenn wir ein Verein wären?", {"sender": "club"}),
        ("und für eine Behörde?", {"sender": "authority"}),
        ("wären wir eine Schule, dürften wir dann?", {"sender": "school"}),
        ("was wäre, wenn wir eine Praxis wären?", {"sender": "practice"}),
        ("und wenn das eine Schule macht?", {"sender": "school"}),
        ("und ein Verein?", {"sender": "club"}),
        ("Gilt das auch für eine Kirchengemeinde?", {"sender": "church"}),
        ("and as a club?", {"sender": "club"}),
        ("what if we were a public authority?", {"sender": "authority"}),
        ("and for a church?", {"sender": "church"}),
        ("does that also apply to a club?", {"sender": "club"}),
    ],
)
def test_what_a_supposition_names_is_supposed_and_not_told(
    text: str, supposed: dict[str, str], facts: FactReader
) -> None:
    said = facts.read(text, TOPIC)
    assert {name: option for name, option in said.supposed.items() if name in TOPIC} == supposed
    assert not said.told.keys() & set(TOPIC)


@pytest.mark.parametrize(
    "text",
    [
        "und wenn mein Nachbar ein Verein ist?",
        "was ist, wenn meine Schwester eine Bäckerei hat?",
        "und wenn die Konkurrenz die API nutzt?",
        "und wenn ein Freund von mir einen Hofladen hat?",
        "and if my neighbour is a club?",
        "what if a friend of mine runs a shop?",
        "what if the competition uses the business app?",
    ],
)
def test_what_is_supposed_of_others_is_not_the_askers(text: str, facts: FactReader) -> None:
    said = facts.read(text, TOPIC)
    assert (said.told, said.supposed) == ({}, {})


@pytest.mark.parametrize(
    "text",
    [
        "ja oder nein?",
        "also ja oder nein?",
        "und nun, ja oder nein?",
        "und was heißt das, ja oder nein?",
        "ist das jetzt ein Ja oder ein Nein?",
        "also geht es nicht?",
        "dann also nein?",
        "App oder API?",
        "und mit App oder API?",
        "Verein oder Betrieb?",
        "und als Verein oder als Betrieb?",
        "yes or no?",
        "so yes or no?",
        "and is it yes or no?",
        "club or business?",
        "so it's not allowed?",
        "business app or API?",
    ],
)
def test_a_text_that_names_several_options_says_none(text: str, facts: FactReader) -> None:
    said = facts.read(text, TOPIC)
    assert (said.told, said.supposed, said.subject, said.excluded) == ({}, {}, {}, {})
    assert all(facts.answer(fact, text) is None for fact in TOPIC)


@pytest.mark.parametrize(
    "text",
    [
        "Sie schreiben, ich hätte keine Einwilligung",
        "Sie gehen davon aus, dass ich ein Betrieb bin",
        "Wieso gehen Sie von keiner Einwilligung aus?",
        "wieso keine Einwilligung?",
        "Warum Betrieb?",
        "wieso Behörde?",
        "laut Ihnen ist das ohne Einwilligung verboten",
        "In Ihrer Antwort steht, ich nutze die Business App",
        "„Ich gehe davon aus: Betrieb · WhatsApp Business App“ stimmt nicht",
        "du schreibst, dass Vereine das dürfen",
        "Da steht was von der Business App",
        "Sie sagen doch, ohne Einwilligung geht es nicht",
        "you say without consent it is forbidden",
        "you assume we're a business",
        "why no consent?",
        "Why business?",
        "according to you we are a business",
        "your answer says private person",
        "“I assume: business, no provable consent” is wrong",
    ],
)
def test_what_somebody_else_said_tells_nothing(text: str, facts: FactReader) -> None:
    said = facts.read(text, TOPIC)
    assert (said.told, said.supposed, said.subject, said.excluded) == ({}, {}, {}, {})
    assert said.kind == "report"


@pytest.mark.parametrize(
    ("text", "excluded", "told"),
    [
        ("kein Betrieb", {"sender": {"business"}}, {}),
        ("wir sind keine Behörde", {"sender": {"authority"}}, {}),
        ("Ich bin doch kein Verein!", {"sender": {"club"}}, {}),
        ("nicht die Business App", {"whatsapp_service": {"business-app"}}, {}),
        ("keine Business App", {"whatsapp_service": {"business-app"}}, {}),
        ("Wir nutzen nicht die API", {"whatsapp_service": {"platform"}}, {}),
        ("Praxis sind wir nicht, sondern ein Verein", {}, {"sender": "club"}),
        ("keine Praxis, ein Verein", {"sender": set()}, {"sender": "club"}),
        ("ich bin der kunde nicht das autohaus", {"sender": {"business"}}, {"role": "employee"}),
        ("not a company", {"sender": {"business"}}, {}),
        ("we are not a public authority", {"sender": {"authority"}}, {}),
        ("I'm not a business", {"sender": {"business"}}, {}),
        ("not the business app", {"whatsapp_service": {"business-app"}}, {}),
        ("no club", {"sender": {"club"}}, {}),
        ("we don't use the API", {"whatsapp_service": {"platform"}}, {}),
    ],
)
def test_what_is_denied_excludes_an_option_and_picks_none(
    text: str, excluded: dict[str, set[str]], told: dict[str, str], facts: FactReader
) -> None:
    said = facts.read(text, TOPIC)
    assert {name: set(options) for name, options in said.excluded.items()} == {n: o for n, o in excluded.items() if o}
    assert {name: said.told.get(name) for name in (*TOPIC, *told)} == {**dict.fromkeys(TOPIC), **told}


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("Betrieb", "business"),
        ("Behörde", "authority"),
        ("Praxis", "practice"),
        ("Klinik", "practice"),
        ("Schule", "school"),
        ("Kita", "school"),
        ("Verein", "club"),
        ("Kirche", "church"),
        ("Pfarrei", "church"),
        ("Kanzlei", "law-office"),
        ("Privatperson", "private"),
        ("ein Betrieb", "business"),
        ("betrieb halt", "business"),
        ("Firma", "business"),
        ("nein, ich meinte Verein", "club"),
        ("nein, Behörde", "authority"),
        ("Nein ich meine die Schule", "school"),
        ("doch Praxis", "practice"),
        ("also Verein", "club"),
        ("sorry, Schule", "school"),
        ("Behöre", "authority"),
        ("shop", "business"),
        ("Business", "business"),
        ("school", "school"),
        ("authority", "authority"),
        ("club", "club"),
        ("Public authority", "authority"),
        ("private person", "private"),
        ("no, a club", "club"),
        ("sorry, I meant school", "school"),
        ("church, parish", "church"),
        ("law firm", "law-office"),
    ],
)
def test_the_name_of_an_option_tells_it_wherever_it_is_said(text: str, option: str, facts: FactReader) -> None:
    said = facts.read(text)
    assert said.told.get("sender") == option
    assert said.kind == "statement"


@pytest.mark.parametrize(
    "text", ["ja", "nein", "alle", "yes", "no", "privat", "das erste", "beides", "ok", "keine Ahnung"]
)
def test_a_bare_answer_is_the_name_of_nothing(text: str, facts: FactReader) -> None:
    assert facts.read(text) == Said()


@pytest.mark.parametrize(
    "text",
    [
        # Customers, and whoever is written to.
        "Ich bekomme ständig Werbung per WhatsApp von einem Autohaus obwohl ich nie zugestimmt habe. Was kann ich tun?",
        "ich bin der kunde nicht das autohaus",
        "Mein Friseur schickt mir Werbung per WhatsApp, darf der das?",
        "Ein Laden schickt mir dauernd Angebote",
        "die firma schreibt mir jede woche",
        "Mich nervt, dass der Optiker mir WhatsApps schickt",
        "Wie bringe ich den Händler dazu, mir nichts mehr zu schicken?",
        "Ich will keine Werbung mehr von denen",
        "Die haben mich ungefragt in ihre Gruppe gesteckt",
        "Ich wurde einfach in eine WhatsApp-Gruppe aufgenommen",
        "Woher hat die Firma meine Nummer?",
        "Kann ich mich bei der Aufsicht über das Fitnessstudio beschweren?",
        "Was hat das Autohaus über mich gespeichert?",
        "My barber keeps texting me offers",
        "A shop I bought from once sends me ads on WhatsApp",
        "I keep getting WhatsApp adverts from a car dealer",
        "How do I stop a company from messaging me?",
        "They put me in a group without asking",
        "Someone gave my number to a sales team",
        "I'm the customer, not the shop",
        # Those who work, apply, rent, learn, are treated.
        "Ich habe mich beworben und die Firma will meinen Lebenslauf über WhatsApp. Ist das ok?",
        "Darf mein Chef verlangen, dass ich WhatsApp installiere?",
        "Mein Chef schreibt mir abends noch per WhatsApp",
        "Mein Vermieter will alles nur noch über WhatsApp klären",
        "Unser Vermieter hat alle Mieter in eine Gruppe gepackt",
        "Mein Arzt schickt mir Befunde per WhatsApp",
        "Darf die Praxis mir Befunde per WhatsApp schicken?",
        "Als Patientin möchte ich das nicht",
        "als Elternteil frage ich mich das",
        "Die Schule meiner Tochter stellt Fotos in die Gruppe",
        "Der Kindergarten unseres Sohnes schreibt uns Eltern per WhatsApp",
        "Das Jobcenter will mir per WhatsApp schreiben",
        "Die Stadt hat meine Daten per WhatsApp weitergegeben",
        "Ich bin Mitglied in einem Verein, der Fotos von mir postet",
        "my boss wants me to install WhatsApp",
        "Can my employer force me to use WhatsApp?",
        "our landlord set up a WhatsApp group for all tenants",
        "my daughter's school posts photos in a WhatsApp group",
        "As a parent I don't want that",
        "I applied for a job and they want my CV on WhatsApp",
        "I'm a tenant and the letting agent shares my number",
        "The surgery texts me my results",
        "as a patient, can I refuse?",
        "I am a member of a club that shares my number",
    ],
)
def test_who_is_on_the_receiving_side_is_understood(text: str, facts: FactReader) -> None:
    told = facts.told(text)
    assert told.get("role") == "employee"
    assert "sender" not in told


@pytest.mark.parametrize(
    "text",
    [
        "Wir sind ein Autohaus und wollen Kunden anschreiben",
        "Ein Kunde verlangt Auskunft von uns",
        "Dürfen wir unsere Mieter in eine Gruppe aufnehmen?",
        "Ich bin Vermieter und schreibe meinen Mietern per WhatsApp",
        "Als Arbeitgeberin möchte ich Bewerbern antworten",
        "Eine Patientin hat mir ein Foto geschickt, darf ich antworten?",
        "Unsere Mitglieder schreiben uns über WhatsApp",
        "Ich leite einen Kindergarten und will den Eltern schreiben",
        "Muss ich dem Kunden sagen, was ich gespeichert habe?",
        "We are a letting agency and text our tenants",
        "A customer wants us to delete her number",
        "Can I message my staff on WhatsApp?",
        "As a landlord, may I set up a tenants' group?",
        "One of our members complained",
        "A patient sent me a picture, may I reply?",
    ],
)
def test_who_is_responsible_is_understood(text: str, facts: FactReader) -> None:
    assert facts.told(text).get("role") == "employer"


@pytest.mark.parametrize(
    "text",
    [
        "Mein Chef will, dass wir Kunden per WhatsApp schreiben.",
        "Meine Chefin plant einen Newsletter",
        "Was ist WhatsApp?",
        "Ist WhatsApp erlaubt?",
        "Was sagt das Gesetz zu Fotos?",
        "My boss wants us to text customers.",
        "Is WhatsApp safe?",
    ],
)
def test_a_side_that_is_not_told_is_not_guessed(text: str, facts: FactReader) -> None:
    assert facts.told(text).get("role") != "employee"


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("ja", "yes"),
        ("jaa", "yes"),
        ("jaaa", "yes"),
        ("jaaaa!!", "yes"),
        ("jo", "yes"),
        ("👍", "yes"),
        ("👍🏽", "yes"),
        ("👍👍", "yes"),
        ("✅", "yes"),
        ("ja, schriftlich", "yes"),
        ("ja, auf dem Bestellzettel war ein Kreuz", "yes"),
        ("ja, auf dem Bestellzettel haben sie ein Kreuz gemacht", "yes"),
        ("ja, sie haben das Häkchen auf dem Formular gesetzt", "yes"),
        ("ja, die haben START geschickt", "yes"),
        ("alle haben uns START per WhatsApp geschrieben", "yes"),
        ("ja, alle haben einen Zettel unterschrieben", "yes"),
        ("ja, über das Anmeldeformular auf der Website", "yes"),
        ("ja, steht alles auf der unterschriebenen Karte", "yes"),
        ("yes", "yes"),
        ("yesss", "yes"),
        ("yes, they ticked a box on the order form", "yes"),
        ("yes, they sent us START", "yes"),
        ("yes, signed on the form", "yes"),
        ("they signed up on our website with a tick box", "yes"),
        ("nein", "no"),
        ("neeein", "no"),
        ("👎", "no"),
        ("❌", "no"),
        ("nö", "no"),
        ("nur per E-Mail", "no"),
        ("nur für E-Mails", "no"),
        ("only by email", "no"),
        ("nur mündlich", "no"),
        ("auf dem Zettel war das Kreuz schon drin", "no"),
        ("no", "no"),
        ("noooo", "no"),
        ("the box was already ticked", "no"),
        ("manche", "unknown"),
        ("hm naja so halb", "unknown"),
        ("eigentlich schon", "unknown"),
        ("teils teils", "unknown"),
        ("weiß nicht, ob sie zugestimmt haben", "unknown"),
        ("some of them", "unknown"),
        ("well, sort of", "unknown"),
        ("🤷", "unknown"),
        # Neither is proof, and neither is a no.
        ("ja klar, die stehen alle auf meiner Liste", None),
        ("ja, beim ersten Einkauf gefragt", None),
        ("Ja Kunde sagen ok", None),
        ("ja, wenn sie gefragt werden", None),
        ("ja, die wissen das", None),
        ("yes, they are all on my list", None),
        ("yes, I asked them at the till", None),
        ("yes if they like us", None),
        ("ja oder nein?", None),
        ("yes or no?", None),
        ("Was zählt denn als Einwilligung?", None),
        ("brauche ich das schriftlich?", None),
        ("ja?", None),
        ("wie meinen Sie das", None),
        ("do you mean in writing?", None),
    ],
)
def test_consent_is_answered_in_peoples_words_and_never_by_a_hedge(
    text: str, option: str | None, facts: FactReader
) -> None:
    assert facts.answer("consent", text) == option


@pytest.mark.parametrize(
    ("fact", "text", "option"),
    [
        ("sender", "die Firma", "business"),
        ("sender", "mein Vermieter", "business"),
        ("sender", "ich", None),
        ("sender", "wir", None),
        ("sender", "mein Chef", None),
        ("sender", "der Arbeitgeber", None),
        ("sender", "kein Betrieb", None),
        ("sender", "ein Hofladen, wir zwei", "business"),
        ("sender", "ne Schule halt", "school"),
        ("sender", "our parish", "church"),
        ("sender", "the company", "business"),
        ("role", "ich", "employee"),
        ("role", "wir", "employer"),
        ("role", "mein Chef", "employee"),
        ("role", "mein Vermieter", "employee"),
        ("role", "die Firma", "employer"),
        ("role", "der Arbeitgeber", "employer"),
        ("role", "me", "employee"),
        ("role", "my landlord", "employee"),
        ("role", "the company", "employer"),
        ("role", "als Mieterin", "employee"),
        ("role", "von Seiten des Vereins", "employer"),
        ("group_members", "👍", "agreed"),
        ("group_members", "👎", "not-agreed"),
        ("group_members", "jaaa alle", "agreed"),
        ("content", "nur termine", "ordered"),
        ("content", "auch mal ein Sonderangebot", "mixed"),
        ("whatsapp_service", "API", "platform"),
        ("whatsapp_service", "die ganz normale", "private-app"),
        ("whatsapp_service", "nicht die Business App", None),
        ("whatsapp_service", "was ist die business app?", None),
        ("whatsapp_service", "App oder API?", None),
        ("land", "München", "by"),
    ],
)
def test_other_questions_are_answered_in_peoples_words(
    fact: str, text: str, option: str | None, facts: FactReader
) -> None:
    assert facts.answer(fact, text) == option


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Wir bekunden unser Beileid", "sender"),
        ("In wenigen Sekunden ist die Nachricht da", "sender"),
        ("Die Urkunden liegen bereit", "sender"),
        ("Darf ich Fotos der Urkunden verschicken?", "sender"),
        ("Die Schuhe sind fertig", "sender"),
        ("Wir haben neue Schuhe", "sender"),
        ("Im Sommer reifen die Kirschen", "sender"),
        ("Die Stadtwerke haben angerufen", "sender"),
        ("Ich habe viele Bekannte auf dem Land", "land"),
        ("Das Essen ist fertig", "land"),
        ("Wir wollen hallen mieten", "land"),
        ("Das ist ja die Härte", "sender"),
        ("Die Bewerbung liegt vor", "content"),
        ("Ein Bewerber hat geschrieben", "content"),
        ("Die Umwerbung der Gäste", "content"),
        ("My mentor texts in the evening", "sender"),
        ("He is a good listener", "land"),
        ("The churn rate is high", "sender"),
        ("a nice farce", "sender"),
    ],
)
def test_a_word_that_only_looks_like_another_leads_nowhere(text: str, fact: str, facts: FactReader) -> None:
    assert fact not in facts.told(text)


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        ("Ich bin Pfarrsekretärin. Dürfen wir die Konfirmanden per WhatsApp anschreiben?", "church"),
        ("Wir fragen unsere Konfirmanden", "church"),
        ("Unser Kegelverein trifft sich", "club"),
        ("Unsere Kfz-Werkstatt schreibt Kunden", "business"),
        ("Ich bin Antiquitätenhändlerin", "business"),
        ("Unsere Dorfschule schreibt den Eltern", "school"),
        ("Die Surfschule hat neue Kurse, wir schreiben den Leuten", "business"),
        ("Unsere Tierarztpraxis verschickt Erinnerungen", "practice"),
    ],
)
def test_a_compound_is_what_its_last_part_says(text: str, sender: str, facts: FactReader) -> None:
    assert facts.told(text).get("sender") == sender


@pytest.mark.parametrize(
    "name",
    [
        "authority_level",
        "consent",
        "content",
        "group_members",
        "land",
        "role",
        "sender",
        "whatsapp_service",
        "whatsapp_use",
    ],
)
def test_every_fact_says_what_would_count(name: str) -> None:
    fact = load(REAL).knowledge.facts[name]
    assert fact.counts is not None
    assert fact.counts.de != fact.ask.de
    assert fact.counts.en != fact.ask.en
