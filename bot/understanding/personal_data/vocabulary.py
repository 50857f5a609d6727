"""The words by which detectors know persons and places, or know that a noun is neither. All in lower case."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Usual in Germany and where English is spoken: "mein Chef Peter" is a name, "mein Chef Telegram" is none.
FIRST_NAMES = _words("""
    achim ahmed alex alexander alexandra ali alice alina amelie amy andrea andreas andrew angela angelika anja anke
    ann anna anne annette anton antonia armin astrid barbara bastian beate ben benjamin bernd bernhard bettina bill
    birgit björn bob brian brigitte britta carina carl carla carmen carolin caroline charles charlotte chris christa
    christian christiane christina christine christoph christopher claudia clara claus cornelia daniel daniela david
    dennis denise diana dieter dietmar dirk dominik doris edith elena elias elisabeth elizabeth elke ella emil emily
    emma emre erich erik erika ernst esther eva evelyn fabian fatima fatma felix finn florian frank franz franziska
    friedrich fritz gabi gabriele georg george gerd gerhard gertrud gisela günter günther gustav hanna hannah hannes
    hans harald harry heike heiko heinrich heinz helen helena helga helmut henry herbert hermann hilde holger horst
    hugo ida ines ingrid irene iris isabel jack jacob jakob james jan jana jane janina jasmin jason jennifer jens
    jessica jim joachim joan joe johann johanna johannes john jonas jonathan josef joseph julia julian jürgen karen
    karin karl karsten kate katharina kathrin katja katrin kerstin kevin klaus konrad konstantin kristina kurt lara
    lars laura lea lena leon leonie liam lina linda lisa lothar louis louisa luca lucas luis luisa lukas lutz lydia
    maja manfred manuel manuela marc marcel marco marcus margarete maria marianne marie marina mario marion markus
    marlene martha martin martina mary mathias matthias maurice max maximilian mehmet melanie melissa mia michael
    michaela michelle mike miriam mohamed mohammed monika moritz murat mustafa nadine nadja natalie nicholas nicole
    niklas nils nina noah norbert olaf oliver oskar otto patricia patrick paul paula peter petra philipp philip pia
    rainer ralf ralph rebecca regina reinhard renate richard rita robert roland rolf ronald rosemarie rüdiger ruth
    sabine sabrina sam samuel sandra sara sarah sascha sebastian silke silvia simon simone sofia sonja sophia sophie
    stefan stefanie steffen stephan stephanie stephen steve steven susan susanne svenja sven sylvia tanja tanya
    theresa thomas thorsten tim timo tina tobias tom torsten udo ulrich ulrike ursula ute uwe valentin vanessa vera
    verena veronika victoria viktor viktoria volker walter waltraud werner wilhelm william wolfgang yasemin yvonne
""")

#: "Der Herr Huber" is how many speak; behind the other determiners "Herr" and "Frau" are nouns.
ARTICLES = _words("der dem den")
DETERMINERS = _words("""
    die des eine einer eines ein einem einen keine keiner kein keinem jede jeder jedem jeden diese dieser diesem
    diesen welche welcher manche mancher meine meiner mein meinem meinen deine deiner dein deinem deinen seine
    seiner sein seinem seinen ihre ihrer ihr ihrem ihren unsere unserer unser unserem unseren eure eurer euer eurem
    euren als zur zum
""")
#: What stands behind a salutation or a degree without being a name; below, by how it ends.
NO_SURNAMES = _words("""
    doktor professor minister gott kollege kollegen kollegin kunde kunden kundin nachbar nachbarin richter richterin
    chef chefin anwalt arzt pfarrer pastor lehrer lehrerin lage google datenschutz oetker best no president chairman
    speaker judge right teams word office excel outlook project titel telegram signal meta und oder mann frau
""")
NO_SURNAME_ENDINGS = tuple(
    _words("""
    beauftragte beauftragter beauftragten vorsitzende vorsitzender vorsitzenden abgeordnete abgeordneter minister
    ministerin präsident präsidentin kanzler kanzlerin bürgermeister meisterin direktor direktorin leiterin
    abteilungsleiter anwältin anwalt ärztin professorin inhaber inhaberin geschäftsführer geschäftsführerin
""")
)
#: Asked about for their office or their cases, not because somebody gave away whom they know.
IN_PUBLIC = _words("kelber specht-riemenschneider voßhoff schaar schrems zuckerberg")
#: Nouns that follow a name: "meine Kollegin Anna Werbung schickt".
NOUN_ENDINGS = tuple(
    _words("""
    ung ungen heit keit schaft tion tionen daten fotos bilder nachrichten nummer nummern kunden kontakte gruppe
    mails
""")
)
#: Who is whose, before a first name.
RELATIONS = _words("""
    chef chefin chefs kollege kollegen kollegin kolleginnen kunde kunden kundin nachbar nachbarn nachbarin freund
    freunde freundin freundes vermieter vermieterin mieter mieterin mitarbeiter mitarbeiterin lehrer lehrerin
    schüler schülerin patient patienten patientin partner partnerin vorgesetzte vorgesetzter vorgesetzten bekannte
    bekannter bekannten bruder bruders schwester mutter vater vaters sohn sohnes tochter cousin cousine onkel tante
    mann mannes frau oma opa arzt ärztin anwalt anwältin trainer trainerin azubi boss manager colleague customer
    client neighbour neighbor friend landlord employee teacher wife husband brother sister mother father son
    daughter uncle aunt doctor lawyer
""")

#: What stands before "-straße" and the like in words that are no street's name; then before "-weg" and the like.
NO_STREETS = _words("bundes wasser daten einkaufs sack")
NO_WAYS = _words("""
    aus um ab hin rück halb mittel rechts dienst verkehrs kommunikations übertragungs vertriebs verbreitungs liefer
    werbe klage beschwerde instanzen melde verwaltungs daten post schrift lebens bildungs karriere lösungs beweis
    informations kontakt bestell zahlungs arbeits park stell sitz lager speicher ausbildungs studien kita heim
    pflege therapie spitzen tabellen praktikums schlaf zelt camping liege marken
""")
#: What stands before "Straße" or "Platz" as a word of its own without naming it.
NO_STREET_NAMES = _words("""
    der dieser jeder einer keiner unserer unser euer ihrer meiner welcher anderer erster zweiter dritter vierter
    letzter bester sicherer weiterer über unter hinter die das eine diese jede unsere
""")
