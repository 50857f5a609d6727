"""Who somebody is by their calling, and what only sounds like a fact. On the shipped knowledge."""

import pytest

from bot.knowledge.loader import load
from bot.matching.facts.reader import FactReader
from tests.small import REAL


@pytest.fixture(scope="module")
def facts() -> FactReader:
    """Needs no entries: these are the facts and the lexicon alone."""
    return FactReader(load(REAL).knowledge, ())


def tells(sender: str, text: str, facts: FactReader) -> None:
    """That somebody is told to be this, and not on the other side of it."""
    told = facts.read(text).told
    assert told.get("sender") == sender
    assert told.get("role") != "employee"


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        # "Ich bin …", "als …", with what people put between.
        ("Ich bin Tätowiererin und schreibe Termine per WhatsApp.", "business"),
        ("Bin Dachdeckermeister, Kunden schicken mir Fotos vom Schaden.", "business"),
        ("Ich bin selbstständige Nageldesignerin.", "business"),
        ("Als Goldschmiedin informiere ich, wenn der Ring fertig ist.", "business"),
        ("Ich arbeite als Personalvermittlerin.", "business"),
        ("Wir sind Raumausstatter in Plauen.", "business"),
        ("Ich bin hier die Hundetrainerin im Ort.", "business"),
        ("Wir sind ein Planungsbüro für Gärten.", "business"),
        ("Als Hochzeitsplanerin habe ich viele Chats.", "business"),
        ("Ich bin freie Trauerrednerin.", "business"),
        ("Ich bin Logopädin.", "practice"),
        ("Als Zahntechnikerin schicke ich Bilder.", "business"),
        ("Wir sind zwei Tierärztinnen.", "practice"),
        ("Ich bin Chiropraktikerin.", "practice"),
        ("Ich arbeite als Medizinische Fachangestellte.", "practice"),
        ("Bin Fachanwalt für Familienrecht.", "law-office"),
        ("Ich bin Grundschullehrerin in Fulda.", "school"),
        ("Als Kitaleiterin schreibe ich Eltern.", "school"),
        ("Ich bin Klassenlehrer einer 7b.", "school"),
        ("Ich bin Gemeindereferentin.", "church"),
        ("Als Kirchenmusiker leite ich den Chat.", "church"),
        ("Ich bin Ortsbürgermeister.", "authority"),
        ("Ich arbeite als Standesbeamtin.", "authority"),
        ("Ich bin Jugendwart bei den Schwimmern.", "club"),
        ("Als Abteilungsleiter Tischtennis habe ich eine Gruppe.", "club"),
        ("I'm a mobile dog groomer.", "business"),
        ("I am a self-employed personal trainer.", "business"),
        ("As a tattoo artist I send aftercare by WhatsApp.", "business"),
        ("We're wedding planners.", "business"),
        ("I work as a letting agent.", "business"),
        ("I'm an osteopath.", "practice"),
        ("I'm a dental nurse in a small surgery.", "practice"),
        ("I'm a family law barrister.", "law-office"),
        ("I'm a bookkeeper for small firms.", "business"),
        ("I am a primary school teacher.", "school"),
        ("I'm a parish priest.", "church"),
        ("I'm a planning officer at the district council.", "authority"),
        ("I'm the treasurer of a tennis club.", "club"),
        ("I'm a scout leader.", "club"),
        # What they run.
        ("Ich habe einen kleinen Barbershop.", "business"),
        ("Wir betreiben ein Nagelstudio.", "business"),
        ("Ich führe eine Tanzschule.", "business"),
        ("Ich hab ne Hundepension.", "business"),
        ("Wir haben eine Tierarztpraxis.", "practice"),
        ("I run a pottery studio.", "business"),
        ("I own a hair salon in Bath.", "business"),
        ("We run a riding school.", "business"),
        ("We have a small removals firm.", "business"),
        # At the very beginning, as a heading.
        ("Nagelstudio: Kundinnen fragen nach Terminen.", "business"),
        ("Kosmetikerin, dürfte ich an Termine erinnern?", "business"),
        ("Hausverwaltung hier. Mieter schreiben uns.", "business"),
        ("Trainer F-Jugend, Fußball: Elternchat ok?", "club"),
        ("Klassenlehrerin Gymnasium, Elternchat ok?", "school"),
        ("Maklerbüro in Trier, Exposé per WhatsApp?", "business"),
        ("Hallo, Heilpraktikerin hier, Befunde per WhatsApp?", "practice"),
        ("Hochzeitsfotografin: Paare schicken mir Bilder.", "business"),
        ("Estate agent here, may I send brochures?", "business"),
        ("Hi, barber in Leipzig, can I text my regulars?", "business"),
        ("Yoga teacher: is a class newsletter on WhatsApp okay?", "business"),
        ("Wedding photographer, couples send me pictures.", "business"),
        ("Hotel receptionist here, guests text us.", "business"),
        ("Coach of an under-10 football team here.", "club"),
        ("Vet practice, owners send photos.", "practice"),
        ("Form teacher here, parents chat okay?", "school"),
        ("Bakery owner: can I text my regulars?", "business"),
        # What a word only looks like.
        ("Unsere Fahrschule schreibt den Schülern.", "business"),
        ("Als Skischule schreiben wir Kursgästen.", "business"),
        ("Wir sind eine Volkshochschule.", "school"),
        ("Wir sind der Förderverein der Grundschule.", "club"),
        ("Wir sind ein Tierheim vom Tierschutzverein.", "club"),
    ],
)
def test_a_calling_tells_who_somebody_is(text: str, sender: str, facts: FactReader) -> None:
    tells(sender, text, facts)


@pytest.mark.parametrize(
    "text",
    [
        "Der Dachdecker hat Fotos von unserem Haus gemacht.",
        "Die Kosmetikerin schickt mir Werbung.",
        "Ein Makler hat meine Nummer.",
        "Kosmetikerin schickt mir dauernd Werbung.",
        "Nagelstudio hat mich in eine Gruppe gesteckt.",
        "Meine Hundetrainerin filmt uns.",
        "Unsere Klassenlehrerin will eine Gruppe.",
        "Mein Bruder ist Tätowierer.",
        "Meine Frau ist Lehrerin.",
        "Ich kenne einen Fotografen, der das macht.",
        "Früher war ich mal Erzieherin.",
        "Ich war bei einer Heilpraktikerin.",
        "Ich war gestern beim Friseur.",
        "Ich gehe zu einer Osteopathin.",
        "Ich suche einen Steuerberater.",
        "Ich bin nicht Lehrerin.",
        "Wenn ich Lehrerin wäre, dürfte ich dann?",
        "Ich bin kein Anwalt.",
        "Ich will Lehrerin werden.",
        "Ich bin mit einem Handwerker im Streit.",
        "Was darf ein Fotograf eigentlich?",
        "Der Bürgermeister hat uns geschrieben.",
        "Unser Pfarrer schreibt allen.",
        "Die Trainerin hat ein Gruppenfoto gepostet.",
        "Bin ich als Elternteil betroffen?",
        "The estate agent shared my number.",
        "A plumber texted me an offer.",
        "Plumber sends me adverts every week.",
        "My hairdresser added me to a list.",
        "My brother is a barber.",
        "My sister used to be a midwife.",
        "I used to be a teacher.",
        "I went to a nail studio once.",
        "I'm not a lawyer.",
        "I'm looking for a photographer.",
        "I want to become a vet.",
        "What may a coach do?",
        "Our form teacher wants a group.",
        "The vicar put us all in a group.",
        "The recruiter has my CV.",
    ],
)
def test_somebody_elses_calling_tells_nothing_of_the_asker(text: str, facts: FactReader) -> None:
    said = facts.read(text)
    assert "sender" not in said.told


@pytest.mark.parametrize(
    "text",
    [
        "Schule in Köln, mein Kind soll in die Klassengruppe.",
        "Fitnessstudio in Ulm, die schreiben mir ständig.",
        "Jobcenter: dürfen die mir per WhatsApp schreiben?",
        "Nursery in Kent, they posted a photo of my son.",
        "Friseur: darf der mir Werbung schicken?",
    ],
)
def test_a_body_at_the_head_may_be_the_other_side(text: str, facts: FactReader) -> None:
    assert facts.read(text).told.get("role") != "employer"


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Ich fahre für einen Subunternehmer Pakete aus.", "employee"),
        ("Bin Paketbote, der Disponent hat uns in eine Gruppe gesteckt.", "employee"),
        ("Ich arbeite im Lager, der Schichtleiter schickt alles per WhatsApp.", "employee"),
        ("Verkäuferin in Teilzeit, unsere Filialleiterin stellt den Plan in die Gruppe.", "employee"),
        ("Pflegerin, unsere Stationsleitung postet den Dienstplan.", "employee"),
        ("Unser Schichtleiter postet den Dienstplan in die Gruppe.", "employee"),
        ("I'm a delivery driver for a subcontractor.", "employee"),
        ("I work in a warehouse, our shift leader posts the rota.", "employee"),
        ("Care assistant, our team leader puts the rota on WhatsApp.", "employee"),
        ("Our manager posts the rota in a group.", "employee"),
        ("Ich bin externe Datenschutzbeauftragte.", "employer"),
        ("Externer DSB hier.", "employer"),
        ("I'm an external DPO.", "employer"),
        ("DPO here, for several clinics.", "employer"),
        # Whose side it is stays open, or is the other one.
        ("Unsere Kassiererin will nicht in die Gruppe.", None),
        ("Die Stationsleitung fragt uns Datenschützer.", None),
        ("Der Datenschutzbeauftragte meldet sich nicht.", None),
        ("Our delivery driver lost his phone.", None),
        ("The DPO does not answer.", None),
    ],
)
def test_whose_side_somebody_works_on(text: str, role: str | None, facts: FactReader) -> None:
    assert facts.read(text).told.get("role") == role


@pytest.mark.parametrize(
    "text",
    [
        # The adjective is denied, or the thing, and not who somebody is.
        "kein eingetragener Verein, nur eine Spielgemeinschaft",
        "Wir sind kein großer Betrieb.",
        "Wir sind keine staatliche Schule.",
        "Wir haben keine eigene Praxis.",
        "Ich habe kein Firmenhandy.",
        "Wir haben keine Vereinskasse.",
        "I don't have a company phone.",
        "There is no business phone here.",
        "I haven't got a company email.",
        "We are not a big company.",
        "not a registered association",
    ],
)
def test_what_is_not_denied_is_not_excluded(text: str, facts: FactReader) -> None:
    said = facts.read(text)
    assert "sender" not in said.excluded
    assert "sender" not in said.told or said.told["sender"] in ("club", "practice")


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("Wir sind kein Verein.", "club"),
        ("Ich bin doch gar kein Betrieb!", "business"),
        ("nicht wirklich ein Verein", "club"),
        ("We are not a business.", "business"),
        ("not a club", "club"),
    ],
)
def test_what_is_denied_is_excluded(text: str, option: str, facts: FactReader) -> None:
    assert option in facts.read(text).excluded["sender"]


@pytest.mark.parametrize(
    "text",
    [
        "der sagt dann eben kein Dienstplan für dich",
        "Dann heißt es, kein Dienstplan für dich.",
        "Sie sagt, wir sind eine Behörde.",
        "he says no internal chat for you then",
        "They told me we are a public authority.",
        # Some third body is spoken of.
        "Die Stadt nebenan macht das auch.",
        "Das Amt verbietet das.",
        "Die Kita wird von der Stadt betrieben.",
        "Die Schule gehört der Gemeinde.",
        "Der Kindergarten ist städtisch.",
        "The nursery is run by the town.",
        "The school belongs to the council.",
        "Die irische Behörde hat 225 Millionen verhängt.",
        "Die italienische Datenschutzbehörde hat das verboten.",
        "Die Behörde hat damals ein Bußgeld verhängt.",
        "Eine Behörde soll das untersagt haben.",
        "Das Finanzamt hat mir geschrieben.",
        "Die Aufsichtsbehörde prüft gerade eine andere Firma.",
        "The Irish authority fined WhatsApp.",
        "The data protection authority has ruled on it.",
        "Some authority banned it, I read.",
    ],
)
def test_a_third_body_and_a_third_persons_words_tell_nothing(text: str, facts: FactReader) -> None:
    said = facts.read(text)
    assert said.told.get("sender") != "authority"
    assert not said.excluded
    assert "whatsapp_use" not in said.told


@pytest.mark.parametrize(
    "text",
    [
        "Send me the whole thing as a PDF.",
        "Can you text me the link?",
        "Please send me that again.",
        "just write it shorter for me",
        "Schick mir das Ganze als PDF.",
        "Schreib mir das bitte kürzer.",
        "Kannst du mir das nochmal schicken?",
        "Können Sie mir die Quelle schicken?",
        "the other parents now have it on their phones",
        "All the other parents have it.",
        "die anderen Eltern haben das alle",
        "Die anderen Mitglieder haben es schon.",
        "Umgekehrt: die Gegenseite schickt mir Nachrichten.",
        "Der Gegner schreibt mir.",
        "The other side's client sends me screenshots.",
    ],
)
def test_a_side_is_not_read_where_none_is_taken(text: str, facts: FactReader) -> None:
    said = facts.read(text)
    assert "role" not in said.told
    assert not said.excluded


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("die grüne mit dem B drin", "business-app"),
        ("da steht Business drunter", "business-app"),
        ("die mit dem B im Symbol", "business-app"),
        ("there's a B in the logo", "business-app"),
        ("the green one, it says business underneath", "business-app"),
        ("die für Geschäftsleute", "business-app"),
        ("Ist nur das normale, hat der Chef installiert", "private-app"),
        ("Nur das normale WhatsApp, das hat mein Sohn eingerichtet", "private-app"),
        ("the one everybody's got", "private-app"),
        ("the one everybody has on their phone", "private-app"),
        ("regular app on my own Android btw", "private-app"),
        ("des normale WhatsApp hoid", "private-app"),
        ("das gleiche wie privat", "private-app"),
        ("das, was jeder auf dem Handy hat", "private-app"),
        ("the same one I use with my friends", "private-app"),
        ("just the green app that everyone has", "private-app"),
        ("über unseren Softwareanbieter", "platform"),
        ("läuft über unsere Praxissoftware", "platform"),
        ("our vendor uses the API", "platform"),
        ("our software provider handles it", "platform"),
        ("an agency runs it for us", "platform"),
        ("it's built into our booking system", "platform"),
        # Nothing is chosen.
        ("hat der Chef installiert", None),
        ("not the business one", None),
        ("nicht das normale", None),
        ("die grüne", None),
        ("der Chef weiß das", None),
        ("my boss set it up", None),
        ("gibt es da Unterschiede?", None),
        ("is that the one with the B?", None),
        ("normalerweise schreiben wir E-Mails", None),
    ],
)
def test_a_service_is_chosen_in_everyday_words(text: str, option: str | None, facts: FactReader) -> None:
    assert facts.answer("whatsapp_service", text) == option


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("the couple asked me in writing", "yes"),
        ("They asked us for it in writing.", "yes"),
        ("Das Paar hat mich schriftlich darum gebeten.", "yes"),
        ("Häkchen im Formular", "yes"),
        ("ein Häkchen im Anmeldeformular", "yes"),
        ("they ticked the box on the form", "yes"),
        ("Alle haben auf dem Bogen extra angekreuzt.", "yes"),
        ("nur die Hälfte hat den Zettel zurückgegeben", "unknown"),
        ("Die Hälfte hat unterschrieben.", "unknown"),
        ("nicht alle haben den Zettel abgegeben", "unknown"),
        ("half of them returned the slip", "unknown"),
        ("only some handed the form back", "unknown"),
        ("nee, unterschrieben hat da keiner was", "no"),
        ("unterschrieben hat keiner", "no"),
        ("zugestimmt hat da niemand", "no"),
        ("nobody ever signed anything", "no"),
        ("nobody asked them", "no"),
        ("T&Cs mention messaging", "no"),
        ("it's in our T&Cs", "no"),
        ("das steht in unseren AGB", "no"),
        ("gefragt haben wir keinen", "no"),
        ("wir haben sie ungefragt in eine Gruppe gepackt", "no"),
        # Swabian for "then", and no answer.
        ("ha no schreib mr halt an brief", None),
        ("no schau i mol", None),
        ("no problem, go on", None),
        ("no idea why you ask", None),
        # Asked, heard, hoped for, or of something else.
        ("müssen die unterschreiben?", None),
        ("mein Chef sagt, alle haben zugestimmt", None),
        ("the couple asked me about prices in writing", None),
        ("the couple asked me", None),
    ],
)
def test_consent_is_chosen_in_everyday_words(text: str, option: str | None, facts: FactReader) -> None:
    chosen = facts.answer("consent", text)
    assert chosen == option or (option is None and chosen == "unknown")


@pytest.mark.parametrize(
    "text",
    [
        # The person concerned agreed or not; nobody's customers did.
        "I did tick something when I joined.",
        "I ticked a box when I signed up at the gym.",
        "Ich hab da wohl mal ein Häkchen gesetzt.",
        "Beim Eintritt hab ich irgendwas unterschrieben.",
        "Mein Trainer sagt, alle haben unterschrieben.",
        "They say everyone agreed.",
        "Haben die das unterschrieben?",
    ],
)
def test_consent_is_told_from_the_right_side_only(text: str, facts: FactReader) -> None:
    assert facts.read(text).told.get("consent") != "yes"


# Written before the words were chosen. What of it is still read wrongly is left out.
@pytest.mark.parametrize(
    ("text", "sender"),
    [
        ("Café owner in Neukölln, can I text my regulars about the new brunch?", "business"),
        ("Nail studio in Bochum: clients write to us on WhatsApp", "business"),
        ("Recruiter here, candidates always write on WhatsApp", "business"),
        ("Bin Headhunterin, Kandidaten schreiben mir dauernd", "business"),
        ("Wir sind ein kleines Yogastudio und verschicken einen Kursnewsletter", "business"),
        ("Yoga studio, we send a class newsletter", "business"),
        ("Hochzeitsfotograf aus Kassel, ein Brautpaar schickt mir Bilder", "business"),
        ("I'm a wedding photographer and couples send me pictures", "business"),
        ("Trainer U13 Handball, wir haben eine Elterngruppe", "club"),
        ("Ich trainiere die E-Jugend Fußball, Eltern sind in der Gruppe", "club"),
        ("Immobilienmaklerin hier, Interessenten bekommen Exposés", "business"),
        ("Hausverwaltung, 200 Wohnungen: Aushang per WhatsApp?", "business"),
        ("Klassenlehrerin Realschule, Elterngruppe auf WhatsApp", "school"),
        ("MFA in einer Hausarztpraxis, wir schreiben Patienten", "practice"),
        ("Dental surgery practice manager here, reminders by text", "practice"),
        ("Ich arbeite als Hebamme und schicke Termine", "practice"),
        ("Tierärztin mit eigener Praxis auf dem Land", "practice"),
        ("Fahrschule in Ulm, wir schreiben den Schülern", "business"),
        ("Ich habe eine Musikschule, 40 Kinder", "business"),
        ("I run a dance school for kids", "business"),
        ("I teach yoga and want to send my class a newsletter", "business"),
        ("Steuerfachangestellte hier, Mandanten schicken Belege", "law-office"),
        ("I'm a solicitor in Leeds with clients in Germany", "law-office"),
        ("Ich bin Pfarrerin und habe eine Konfigruppe", "church"),
        ("Youth pastor here, we have a group", "church"),
        ("Bürgermeister einer kleinen Gemeinde, Kanal auf WhatsApp geplant", "authority"),
        ("Ich arbeite im Ordnungsamt", "authority"),
        ("I'm a clerk at the town hall", "authority"),
        ("Bin selbstständige Kosmetikerin mit kleinem Studio", "business"),
        ("Wir sind eine Schreinerei mit acht Leuten", "business"),
        ("Zimmerei Familienbetrieb: Baustellenfotos per WhatsApp", "business"),
        ("I own a small bike repair shop", "business"),
        ("Ich führe ein Hundesalon und erinnere an Termine", "business"),
        ("Physikalisch nix: wir haben eine Autowerkstatt in Jena", "business"),
        ("Podologin in Mainz, Termine per WhatsApp", "practice"),
        ("We're an outpatient care service", "practice"),
        ("Physio hier, darf ich Termine schicken?", "practice"),
        ("Als Gärtnermeisterin schicke ich Angebote", "business"),
        ("Florist here. Regulars get a message when peonies are in", "business"),
        ("Bestatter in dritter Generation, Angehörige schreiben uns", "business"),
        ("Ich mach Versicherungen, bin Makler", "business"),
        ("Ferienwohnungsvermieterin an der Ostsee, Gäste fragen nach dem Code", "business"),
        ("DJ und Moderator, Paare schreiben mich an", "business"),
        ("Kassenwartin im Kegelclub", "club"),
        ("Wir sind eine Freiwilligeninitiative für Geflüchtete", "club"),
        ("I coach an under-12 football side", "club"),
        ("Schriftführer beim Gartenverein, Newsletter per WhatsApp", "club"),
        ("Erzieherin in einer Kita, Eltern wollen Fotos", "school"),
        ("I teach maths at a secondary school", "school"),
        ("Schulsekretärin, wir verschicken Vertretungspläne", "school"),
        ("Nachhilfelehrer, ich schreibe Eltern wegen Terminen", "business"),
        ("Babysitteragentur in Köln", "business"),
        ("Web agency, five people", "business"),
        ("Softwareentwickler, freiberuflich unterwegs", "business"),
        ("plumber, one man band, customers text me", "business"),
        ("Augenoptikerin mit Laden in Gera", "business"),
        ("Winzerin vom Kaiserstuhl, Stammkunden bekommen die Weinliste", "business"),
        ("Ich bin Rentner und frage rein privat", "private"),
        ("Hundefriseurin aus Bielefeld, Besitzer schicken mir Fotos", "business"),
        ("Wir sind eine Fahrradwerkstatt und melden, wenn das Rad fertig ist", "business"),
        ("I run a little ceramics shop", "business"),
        ("mobile hairdresser here, most of my ladies use whatsapp", "business"),
        ("Goldschmiede in Pforzheim: Kundinnen fragen per WhatsApp", "business"),
        ("Bin Klavierbauer und schicke Kostenvoranschläge", "business"),
        ("Heizungsmonteur mit eigener Firma", "business"),
        ("We're a family-run campsite on the Baltic", "business"),
        ("Ich vermittle Au-pairs, also eine Agentur", "business"),
        ("Käserei im Allgäu, Stammkunden kriegen eine Liste", "business"),
        ("Surf instructor, students text me", "business"),
        ("Eventlocation in Dresden, Brautpaare schreiben uns", "business"),
        ("I'm a self-employed translator", "business"),
        ("Nachhilfelehrerin hier, Eltern schreiben mir wegen Terminen", "business"),
        ("Ergotherapeutin mit eigener Praxis in Kiel", "practice"),
        ("Wir sind ein ambulanter Intensivpflegedienst", "practice"),
        ("I'm a GP receptionist", "practice"),
        ("Tierarztpraxis Lüneburg: Röntgenbilder per WhatsApp?", "practice"),
        ("Psychologin, Klienten wollen Termine per WhatsApp absprechen", "practice"),
        ("Bin Rechtsanwaltsfachangestellte in einer kleinen Kanzlei", "law-office"),
        ("Patent attorney here", "law-office"),
        ("Schulsozialarbeiterin an einer Gesamtschule", "school"),
        ("I'm a nursery manager in Kent", "school"),
        ("Kantorin, der Kirchenchor hat eine Gruppe", "church"),
        ("We are a small Baptist church", "church"),
        ("Standesbeamtin hier, Paare wollen Termine per WhatsApp", "authority"),
        ("I work for the borough council", "authority"),
        ("Jugendleiterin im Ruderclub", "club"),
        ("volunteer football coach, under-9s", "club"),
        ("Vorstand im Schützenverein, Einladungen per WhatsApp", "club"),
        ("Als Friseurin werden mir Bilder geschickt", "business"),
        ("Ich bin Klavierbauerin", "business"),
    ],
)
def test_a_sample_of_callings(text: str, sender: str, facts: FactReader) -> None:
    tells(sender, text, facts)


@pytest.mark.parametrize(
    "text",
    [
        "Der Fotograf hat Bilder von mir gemacht und gepostet",
        "Mein Physiotherapeut schickt mir Termine auf WhatsApp",
        "The plumber keeps texting me offers",
        "A recruiter wrote to me on WhatsApp",
        "Die Maklerin hat meine Nummer weitergegeben",
        "Unsere Klassenlehrerin hat eine Elterngruppe aufgemacht",
        "Was macht eigentlich ein Datenschutzbeauftragter?",
        "Darf ein Friseur das?",
        "My daughter's coach added me to a group",
        "Der Pfarrer hat uns alle in eine Gruppe gepackt",
        "Mein Mann ist Dachdecker, die Firma nutzt WhatsApp",
        "Friseurin schickt mir ständig Werbung",
        "My wife is a midwife",
        "Ich war früher Lehrer",
        "Ein Bekannter hat ein Restaurant",
        "The Kita is run by the town",
        "die Kita ist von der Stadt",
        "Die irische Behörde hatte doch 225 Millionen verhängt",
        "The Irish regulator fined them 225 million",
        "Die Aufsichtsbehörde hat neulich eine Firma verwarnt",
        "Das Ministerium hat dazu was veröffentlicht",
        "I read that the authority fined a hotel",
        "Die Hebamme meiner Frau schreibt ihr per WhatsApp",
        "Unser Trainer postet Fotos der Kinder",
        "The dog groomer sends me pictures",
        "Ich suche eine gute Hebamme",
        "Mein Schwager ist Winzer",
        "The midwife said it is fine",
        "Ich habe einen Anwalt gefragt",
        "Der Elektriker war gestern da und hat Fotos gemacht",
        "Der Bürgermeister postet alles in seinem Kanal",
        "Our vicar has my number",
        "I'm dating a teacher",
        "Fitnessstudio schreibt mir dauernd",
        "Die französische Behörde hat Google bestraft",
        "Die Behörde prüft das gerade bei uns",
        "Manche Firmen machen das einfach",
        "Other companies use it all the time",
        "Die Schule meiner Tochter nutzt WhatsApp",
        "Der Verein von nebenan macht das auch",
        "Die Firma Meta sitzt in Irland",
        "Meta is an American company",
        "The company behind WhatsApp is Meta",
        "Ich hab gelesen, dass Behörden das nicht dürfen",
        "The school sent a letter home",
        "Die Kirche nebenan macht das auch",
        "Mein Arzt hat eine Praxis in der Stadt",
        "The clinic sends me my results",
        "Die Gemeinde hat einen Kanal",
        "Our landlord has a company",
        "Ein Restaurant hat mir Werbung geschickt",
        "Das Jobcenter will meine Nummer",
        "My bank is a big company",
        "Facebook ist eine Firma aus den USA",
    ],
)
def test_a_sample_of_others(text: str, facts: FactReader) -> None:
    assert "sender" not in facts.read(text).told
