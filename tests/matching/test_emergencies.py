"""What is urgent is heard, whatever else a message holds; and what merely speaks of it is not."""

from collections.abc import Iterator

import pytest

from bot.knowledge.loader import load
from bot.knowledge.model import Knowledge
from bot.matching.emergencies import Emergencies
from tests.small import REAL

#: The phrases were written with these in view; …
SEEN = [
    ("ich wurde gehackt, was tun?", "hacked-or-malware"),
    ("mein whatsapp konto wurde übernommen und alle kunden bekommen spam", "account-taken-over"),
    ("Mein Handy mit allen Kundenchats wurde geklaut", "phone-lost"),
    ("our whatsapp business account was taken over", "account-taken-over"),
    ("hab die Liste aus Versehen an alle geschickt", "list-published"),
    ("Mein Arbeitgeber hat mich abgemahnt", "employment-warning"),
    ("we got a cease and desist letter", "warning-letter"),
    ("phone stolen", "phone-lost"),
    ("diensthandy weg", "phone-lost"),
    ("falscher empfänger", "wrong-recipient"),
    ("I emailed the patient list to the wrong address", "wrong-recipient"),
    ("Anwalt schreibt mir und will Geld", "claim-or-lawsuit"),
    ("Jemand hat unser WhatsApp gekapert", "account-taken-over"),
    ("someone hacked my whatsapp", "account-taken-over"),
    ("Ich komme nicht mehr in mein WhatsApp rein, da schreibt jemand anderes", "account-taken-over"),
    ("Ich habe mein Smartphone im Zug verloren", "phone-lost"),
    ("I lost my work phone with all the patients' numbers on it", "phone-lost"),
    ("Unser Praxishandy ist seit gestern verschwunden", "phone-lost"),
    ("Ich habe eine Mail an den falschen Kunden geschickt", "wrong-recipient"),
    ("Rechnung an die falsche Adresse verschickt", "wrong-recipient"),
    ("I sent the invoice to the wrong person", "wrong-recipient"),
    ("Alle Eltern haben die Nummern von allen gesehen", "list-published"),
    ("Ich hab die Mail mit offenem Verteiler rausgeschickt", "list-published"),
    ("I used CC instead of BCC", "list-published"),
    ("Unsere Rechner sind verschlüsselt und jemand will Bitcoin", "hacked-or-malware"),
    ("we have ransomware on our server", "hacked-or-malware"),
    ("Bei uns wurde eingebrochen, die Patientenakten sind weg", "data-stolen"),
    ("Mein Laptop wurde aus dem Auto gestohlen", "data-stolen"),
    ("someone broke into our office and took the laptop", "data-stolen"),
    ("Wir haben eine Abmahnung bekommen", "warning-letter"),
    ("Ein Mitbewerber mahnt uns ab", "warning-letter"),
    ("I have been sued", "claim-or-lawsuit"),
    ("Ich habe einen Mahnbescheid bekommen", "claim-or-lawsuit"),
    ("Die Datenschutzbehörde hat uns geschrieben", "authority-letter"),
    ("Anhörungsbogen bekommen", "authority-letter"),
    ("we received a letter from the data protection authority", "authority-letter"),
    ("Ich wurde fristlos gekündigt", "employment-warning"),
    ("my boss gave me a written warning", "employment-warning"),
    ("Ich habe eine Vorladung von der Polizei", "summons"),
    ("I got a summons from the court", "summons"),
]
#: … these were written before them; …
HELD_OUT = [
    ("Hilfe!!! Mein Account ist gehackt und verschickt Links an meine ganzen Kundinnen", "account-taken-over"),
    ("Guten Tag, seit heute morgen schreibt jemand über unsere WhatsApp-Nummer meine Kontakte an und will Geld",
     "account-taken-over"),
    ("Auf meinem Handy steht, dass meine Nummer auf einem anderen Gerät registriert wurde", "account-taken-over"),
    ("Jemand Fremdes hat Zugriff auf meinen Account", "account-taken-over"),
    ("I think my WhatsApp has been hijacked", "account-taken-over"),
    ("A stranger is writing to my customers from my number", "account-taken-over"),
    ("I gave someone my six digit code and now I'm locked out", "account-taken-over"),
    ("wo muss ich mich melden, mir haben sie in der ubahn das iphone gezogen", "phone-lost"),
    ("Meine Mitarbeiterin hat ihr Firmenhandy im Taxi liegen lassen", "phone-lost"),
    ("Handy verloren!!", "phone-lost"),
    ("Das Vereinshandy, auf dem alle Mitgliedsnummern sind, ist weg", "phone-lost"),
    ("Someone nicked my mobile and there are client chats on it", "phone-lost"),
    ("We can't find the practice phone any more", "phone-lost"),
    ("left my phone on the bus, it's gone", "phone-lost"),
    ("Oh nein, ich hab grad den Befund an die falsche Patientin gesendet", "wrong-recipient"),
    ("Habe mich vertippt und die Gehaltsliste ging an einen Fremden", "wrong-recipient"),
    ("versehentlich in die falsche Gruppe gepostet", "wrong-recipient"),
    ("Brief mit Diagnose im falschen Briefkasten gelandet", "wrong-recipient"),
    ("I accidentally texted a customer's details to someone else", "wrong-recipient"),
    ("Wrong chat! I posted a client's address in the family group", "wrong-recipient"),
    ("Unsere Mitgliederliste stand zwei Tage offen im Internet", "list-published"),
    ("ich hab alle kunden in cc statt bcc gesetzt", "list-published"),
    ("Unsere Sekretärin hat die Telefonliste in die Elterngruppe gestellt, alle haben sie gesehen", "list-published"),
    ("The member list was visible to everyone on our website", "list-published"),
    ("I mailed all our customers and everybody can see everyone else's address", "list-published"),
    ("Virus auf dem Praxisrechner, was nun", "hacked-or-malware"),
    ("Hacker haben unseren Server lahmgelegt", "hacked-or-malware"),
    ("Ich habe auf einen Phishing-Link geklickt und mein Passwort eingegeben", "hacked-or-malware"),
    ("Our email was hacked last night", "hacked-or-malware"),
    ("our computers have been encrypted and they demand money", "hacked-or-malware"),
    ("Mir wurde die Tasche mit den Mitgliedsanträgen gestohlen", "data-stolen"),
    ("Einbruch im Büro, zwei Notebooks fehlen", "data-stolen"),
    ("usb stick mit kundendaten verloren", "data-stolen"),
    ("Folder with client files disappeared from my car", "data-stolen"),
    ("Our office was burgled and the computers are gone", "data-stolen"),
    ("Post vom Rechtsanwalt: ich soll eine Unterlassungserklärung unterschreiben", "warning-letter"),
    ("Der Laden nebenan hat uns über seinen Anwalt abgemahnt wegen WhatsApp-Werbung", "warning-letter"),
    ("A competitor's lawyer wants me to sign an undertaking", "warning-letter"),
    ("received a warning letter from a law firm today", "warning-letter"),
    ("Eine Kundin verlangt 5000 Euro Schmerzensgeld von uns wegen dem Foto", "claim-or-lawsuit"),
    ("Ich bin verklagt worden", "claim-or-lawsuit"),
    ("Da liegt ein gelber Brief vom Amtsgericht, Mahnbescheid über 800 Euro", "claim-or-lawsuit"),
    ("A former customer is suing us for damages", "claim-or-lawsuit"),
    ("Wir haben einen Bußgeldbescheid vom Landesdatenschutzbeauftragten bekommen", "authority-letter"),
    ("Der LfDI will bis Freitag eine Stellungnahme von uns", "authority-letter"),
    ("The ICO has written to us", "authority-letter"),
    ("We were fined by the data protection authority", "authority-letter"),
    ("Mein Chef hat mir wegen einer WhatsApp gekündigt", "employment-warning"),
    ("hab ne abmahnung von meiner chefin gekriegt", "employment-warning"),
    ("I've been sacked because of a WhatsApp message", "employment-warning"),
    ("My employer dismissed me yesterday", "employment-warning"),
    ("Die Kripo will mich als Beschuldigten vernehmen", "summons"),
    ("Ich soll als Zeuge vor Gericht aussagen", "summons"),
    ("The police want to question me about a chat", "summons"),
    ("Ladung zur Vernehmung erhalten", "summons"),
]  # fmt: skip

#: … and these after them. Four of five were heard at once; what was not, was mended by its kind.
LATER = [
    ("Moin, bei uns im Hofladen hat wer das Whatsapp-Konto geknackt, was jetz?", "account-taken-over"),
    ("Unser Business-Account wurde gehackt, Kunden bekommen dubiose Nachrichten", "account-taken-over"),
    ("Insta und WhatsApp gehackt :(", "account-taken-over"),
    ("Betrüger schreiben mit meinem Profilbild und meiner Nummer alle an", "account-taken-over"),
    ("Hilfe, ich bin aus meinem WhatsApp ausgesperrt worden", "account-taken-over"),
    ("Help my whatsapp got hacked and they're asking my customers for money", "account-taken-over"),
    ("our account has been compromised", "account-taken-over"),
    ("Someone's logged into our business WhatsApp and is messaging clients", "account-taken-over"),
    ("mei handy is weg, do san alle kundn drauf", "phone-lost"),
    ("Azubi hat das Geschäftshandy verloren, muss ich was melden?", "phone-lost"),
    ("Ich kann mein Tablet mit den Patientendaten nicht mehr finden", "phone-lost"),
    ("Mir ist auf dem Markt mein iPhone gestohlen worden", "phone-lost"),
    ("Our driver lost his phone with customer chats", "phone-lost"),
    ("My phone got nicked at the market yesterday, do I have to report it?", "phone-lost"),
    ("staff phone missing since Friday", "phone-lost"),
    ("I've lost my mobile, it had all the parents' numbers in it", "phone-lost"),
    ("Ich habe die Lohnabrechnung an den falschen Mitarbeiter gemailt", "wrong-recipient"),
    ("Hab grad ausversehen nem falschen Kunden die Rechnung per WhatsApp geschickt", "wrong-recipient"),
    ("Das Fax mit dem Arztbrief ging an die falsche Nummer", "wrong-recipient"),
    ("Unsere Praxis hat mir den Befund einer anderen Patientin geschickt", "wrong-recipient"),
    ("Ein Kunde hat die Rechnung von einem anderen Kunden bekommen, mein Fehler", "wrong-recipient"),
    ("I put the letters in the wrong envelopes", "wrong-recipient"),
    ("Sent a patient's results to the wrong number on WhatsApp", "wrong-recipient"),
    ("I've just forwarded a confidential email to the wrong colleague", "wrong-recipient"),
    ("Wir haben den Newsletter mit allen Adressen im CC verschickt", "list-published"),
    ("Ich hab beim Rundschreiben vergessen BCC zu nehmen, jetzt sehen alle alle Adressen", "list-published"),
    ("Das Klassenfoto mit Namen ist öffentlich im Netz gelandet", "list-published"),
    ("Die Adressliste war wochenlang auf der Homepage für jeden abrufbar", "list-published"),
    ("Versehentlich die Teilnehmerliste an alle gemailt", "list-published"),
    ("I cc'd all 200 members by accident", "list-published"),
    ("We accidentally published the donor list on our site", "list-published"),
    ("Our customer database was publicly accessible for a week", "list-published"),
    ("uns ist eine datenpanne passiert", "list-published"),
    ("Unser Server wurde gehackt und die Kundendaten sind im Darknet", "hacked-or-malware"),
    ("Verschlüsselungstrojaner auf dem Kanzleiserver!", "hacked-or-malware"),
    ("Alles verschlüsselt, Erpresser wollen 2 Bitcoin", "hacked-or-malware"),
    ("ich glaub ich hab nen virus auf dem pc", "hacked-or-malware"),
    ("Ich bin auf eine Phishing-Mail reingefallen", "hacked-or-malware"),
    ("We've been hacked!!", "hacked-or-malware"),
    ("There is malware on the practice computer", "hacked-or-malware"),
    ("An employee clicked on a phishing link this morning", "hacked-or-malware"),
    ("Our website has been hacked and shows strange pages", "hacked-or-malware"),
    ("In unsere Kita ist eingebrochen worden", "data-stolen"),
    ("Aktenordner im Zug liegen lassen", "data-stolen"),
    ("Mir wurde das Notebook aus dem Hotelzimmer geklaut", "data-stolen"),
    ("Ein Ex-Mitarbeiter hat unsere Kundendaten mitgenommen", "data-stolen"),
    ("Die Festplatte mit dem Backup ist verschwunden", "data-stolen"),
    ("Break-in at our surgery last night", "data-stolen"),
    ("I left a folder with application papers on the tram", "data-stolen"),
    ("my work laptop was stolen from the car", "data-stolen"),
    ("Mein Konkurrent hat mich abmahnen lassen", "warning-letter"),
    ("Abmahnung vom Verbraucherschutzverband im Briefkasten", "warning-letter"),
    ("Uns flatterte heute eine Abmahnung ins Haus", "warning-letter"),
    ("Ich soll bis morgen eine strafbewehrte Unterlassungserklärung abgeben", "warning-letter"),
    ("A law firm sent us a cease-and-desist", "warning-letter"),
    ("Got an Abmahnung today, 1,200 euros", "warning-letter"),
    ("Ein Kunde droht mir mit dem Anwalt", "claim-or-lawsuit"),
    ("Ein Mitglied klagt gegen unseren Verein", "claim-or-lawsuit"),
    ("Ich habe eine Klage vom Landgericht zugestellt bekommen", "claim-or-lawsuit"),
    ("Inkassobüro fordert 300 Euro von mir", "claim-or-lawsuit"),
    ("Die Patientin will Schadensersatz nach DSGVO", "claim-or-lawsuit"),
    ("Customer wants 2,000 euros compensation from us", "claim-or-lawsuit"),
    ("we are being sued over a photo", "claim-or-lawsuit"),
    ("I received a letter from a solicitor demanding money", "claim-or-lawsuit"),
    ("Das ULD hat uns angeschrieben", "authority-letter"),
    ("Anhörung vom LDI NRW erhalten, was nun", "authority-letter"),
    ("Habe heute einen Bußgeldbescheid über 500 Euro bekommen", "authority-letter"),
    ("Jemand hat uns beim Datenschutzbeauftragten des Landes angezeigt", "authority-letter"),
    ("The supervisory authority is investigating us", "authority-letter"),
    ("We got a fine from the data protection authority", "authority-letter"),
    ("Mein Chef hat mich heute fristlos entlassen", "employment-warning"),
    ("Kündigung im Briefkasten, weil ich im Chat gelästert habe", "employment-warning"),
    ("Ich wurde wegen eines WhatsApp-Status abgemahnt", "warning-letter"),
    ("Mein Arbeitgeber will mich wegen einer Nachricht rauswerfen", "employment-warning"),
    ("I got fired for a WhatsApp message", "employment-warning"),
    ("My manager has given me a final warning", "employment-warning"),
    ("Ich habe eine Vorladung als Beschuldigter bekommen", "summons"),
    ("Die Polizei hat mein Handy beschlagnahmt", "summons"),
    ("Gegen mich läuft ein Ermittlungsverfahren", "summons"),
    ("Ich bin angezeigt worden", "summons"),
    ("I've been summoned as a witness", "summons"),
    ("the police took my phone away", "summons"),
    ("There's a criminal investigation against me", "summons"),
]

#: What speaks of it and raises nothing.
CALM = [
    "Ich wurde nicht gehackt.",
    "Mein Handy wurde nicht geklaut, ich habe nur eine Frage zu Backups",
    "Was ist, wenn ich gehackt werde?",
    "Was mache ich, wenn mein Handy geklaut wird?",
    "Wie schütze ich mich vor Hackern?",
    "Wie schütze ich unser Konto vor Übernahme?",
    "Kann ich abgemahnt werden, wenn ich Kunden anschreibe?",
    "Droht eine Abmahnung?",
    "Droht mir eine Kündigung, wenn ich WhatsApp nutze?",
    "can I be fined?",
    "Could we get a warning letter for this?",
    "Can someone hack my WhatsApp?",
    "Kann WhatsApp gehackt werden?",
    "Wurde WhatsApp schon mal gehackt?",
    "What happens if my phone gets stolen?",
    "What if I lose my phone?",
    "If my phone is stolen, who can read the backups?",
    "Muss ich melden, wenn eine Mail an den falschen Empfänger geht?",
    "Was tun bei einer Abmahnung?",
    "Was ist eine Abmahnung?",
    "What is ransomware?",
    "Was ist eine Datenpanne?",
    "Wann muss ich eine Datenpanne melden?",
    "Wie viele Leute darf man in CC setzen?",
    "Warum soll ich BCC statt CC nehmen?",
    "Wir haben einen Azubi wegen WhatsApp abgemahnt. Muss er das unterschreiben?",
    "Ich möchte einem Mitarbeiter kündigen",
    "Wie kündige ich meinen Vertrag?",
    "Ich habe meinen Handyvertrag gekündigt",
    "Wir haben die Kündigung eines Kunden per WhatsApp bekommen, gilt das?",
    "Darf der Chef mich wegen WhatsApp abmahnen?",
    "Darf mir mein Arbeitgeber kündigen, weil ich WhatsApp nutze?",
    "May my employer fire me over a chat?",
    "Soll ich Anzeige bei der Polizei erstatten?",
    "Darf die Polizei meine Chats lesen?",
    "Darf ich die Liste an alle schicken?",
    "Darf ich die Mitgliederliste veröffentlichen?",
    "May I send the list to everyone?",
    "Ich will die Liste an alle schicken",
    "Can I sue the shop?",
    "Soll ich klagen?",
    "Ich möchte die Firma verklagen",
    "Habe ich Anspruch auf Schadensersatz?",
    "Muss ich Schadensersatz zahlen, wenn ein Kunde klagt?",
    "Wie hoch sind Bußgelder?",
    "Wann bekommt man einen Bußgeldbescheid?",
    "Ich habe ein neues Handy und will die Chats übernehmen",
    "Wir haben das Konto vom Vorgänger übernommen",
    "Die Datenschutzbehörde hat 2020 geschrieben, dass WhatsApp nicht erlaubt ist",
    "Was hat die Datenschutzbehörde den Ministerien geschrieben?",
    "What did the data protection authority write in 2020?",
    "Der BfDI hat den Behörden einen Brief geschrieben",
    "Ist es schlimm, wenn alle die Nummern sehen?",
    "Sehen dann alle in der Gruppe meine Nummer?",
    "In der Gruppe sehen alle meine Nummer, darf der Verein das?",
    "Darf ich eine Kundenliste auf dem Handy haben?",
    "Was, wenn jemand sein Handy verliert?",
    "Verliere ich meine Chats, wenn ich das Handy wechsle?",
    "Mein Handy ist kaputt",
    "Das Handy ist nicht weg, nur der Akku ist leer",
    "Ich habe keine Abmahnung bekommen",
    "We have never been hacked",
    "I haven't lost my phone",
    "Nobody has stolen anything",
    "Ich habe Angst, dass mein Konto gehackt wird",
    "Ist die Business App sicher vor Hackern?",
    "Muss ich einer Ladung der Polizei folgen?",
    "Ich lade Kunden zu einer Gruppe ein",
    "Wie formuliere ich eine Abmahnung?",
    "Darf ich einen Konkurrenten abmahnen?",
    "Kann mein Chef sehen, was ich schreibe?",
    "Guten Tag, darf ich Kunden per WhatsApp an Termine erinnern?",
    # Written after the phrases.
    "Wie erkenne ich, ob mein WhatsApp gehackt wurde?",
    "Kann jemand meine Nachrichten mitlesen, wenn mein Handy weg ist?",
    "Was muss ich tun, bevor ich ein Handy verliere?",
    "Darf ich das Diensthandy privat nutzen?",
    "Muss das Praxishandy verschlüsselt sein?",
    "Wie melde ich eine Datenpanne?",
    "Was kostet eine Abmahnung?",
    "Wie teuer ist eine Abmahnung wegen WhatsApp?",
    "Wie lange ist die Frist bei einer Abmahnung?",
    "Können Wettbewerber mich wegen DSGVO-Verstößen abmahnen?",
    "Welche Firmen wurden schon wegen WhatsApp verklagt?",
    "Wurde schon mal jemand wegen WhatsApp abgemahnt?",
    "Gab es schon Bußgelder wegen WhatsApp?",
    "Hat schon mal ein Verein ein Bußgeld bekommen?",
    "Wie hoch war das Bußgeld gegen Meta?",
    "Meta wurde zu einer Milliardenstrafe verurteilt",
    "WhatsApp was fined by the Irish authority",
    "Has any company been fined for using WhatsApp?",
    "Can a competitor send me a warning letter?",
    "What do I do if I get sued?",
    "Do I need to report a lost phone?",
    "Should we encrypt the work phone?",
    "How do I log out a lost phone from WhatsApp?",
    "Who can read my chats if somebody steals my phone?",
    "Is it a breach to send an email to the wrong person?",
    "Can I get fired for using WhatsApp at work?",
    "May my boss read my messages?",
    "Can the police read my WhatsApp?",
    "How do I answer an authority's letter?",
    "What did the commissioner's letter to the ministries say?",
    "Darf die Aufsichtsbehörde in meinen Laden kommen?",
    "Was prüft die Datenschutzbehörde?",
    "Wir wollen unseren Kunden mit einer Klage drohen",
    "Wir wollen unsere Kundenliste an alle Mitarbeiter schicken",
    "Wir schicken die Mitgliederliste an alle Vorstände, ist das ok?",
    "Alle Kunden haben der Liste zugestimmt",
    "Ich habe alle Nummern in eine Broadcast-Liste gestellt",
    "Ich habe alle Kunden in eine Gruppe gestellt",
    "Fotos vom Fest in die Gruppe gestellt, dürfen wir das?",
    "Der Kunde hat gekündigt, muss ich seine Daten löschen?",
    "Eine Mitarbeiterin hat gekündigt, darf sie in der Gruppe bleiben?",
    "Wir haben einem Mitarbeiter gekündigt",
    "Unser Handyvertrag wurde gekündigt",
    "Ich habe meine Kündigung geschrieben",
    "Darf ich per WhatsApp kündigen?",
    "Ich bekomme ständig Werbung, kann ich Anzeige erstatten?",
    "Ich will den Laden bei der Datenschutzbehörde melden",
    "Ich habe mich bei der Aufsichtsbehörde beschwert",
    "Ich habe eine Beschwerde bei der Aufsicht eingereicht",
    "I complained to the data protection authority",
    "Ich habe den Absender abgemahnt",
    "Wir haben einen Anwalt gefragt",
    "Mein Anwalt sagt, ich darf das",
    "Unser Datenschutzbeauftragter hat uns geschrieben, dass WhatsApp verboten ist",
    "My lawyer wrote that it is fine",
    "Ich habe mein Passwort vergessen",
    "Ich habe meinen Laptop neu",
    "Der Laptop ist verschlüsselt",
    "Sind die Nachrichten verschlüsselt und sicher?",
    "All messages are encrypted, right?",
    "Ich habe die falsche Telefonnummer gespeichert",
    "Ist das die falsche Adresse?",
    "Ich bin hier falsch",
    "Falsche Antwort",
    "Das ist der falsche Eintrag",
    "wrong answer",
    "that's the wrong one",
    "Die Verbindung ist weg",
    "Mein Chat ist weg",
    "Meine Kontakte sind weg",
    "Ich habe Kunden verloren",
    "Wir haben das Vertrauen der Kunden verloren",
    "we lost a customer because of WhatsApp",
    "Soll ich mein Handy im Auto liegen lassen?",
    "I left the group",
    "I left my job and want my data",
    "Das Gespräch wurde aufgenommen",
    "Der Hacker im Film",
    "We run a hackathon",
    "Unser Verein heißt Die Einbrecher",
    "Ich übernehme das Konto von meinem Vorgänger",
    "Ein neuer Kollege hat den Account übernommen",
    "Die Chefin hat mir das WhatsApp verboten",
    "Mein Chef hat mir geschrieben, dass ich in die Gruppe soll",
    "Mein Chef hat mich in eine WhatsApp-Gruppe aufgenommen",
    "My boss added me to a group",
    "Die Firma hat mir Werbung geschickt",
    "Das Gericht hat 2023 entschieden, dass WhatsApp Post ist",
    "Laut Gericht darf man das nicht",
    "The court ruled in 2025",
    "Die Polizei nutzt WhatsApp",
    "Wir sind die Polizei und wollen mit Bürgern schreiben",
    "Wir laden alle Kunden per WhatsApp ein",
    "Gegen mich spricht nichts",
]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load(REAL).knowledge


@pytest.fixture(scope="module")
def emergencies(knowledge: Knowledge) -> Emergencies:
    return Emergencies(knowledge)


@pytest.mark.parametrize(("text", "emergency"), [*SEEN, *HELD_OUT, *LATER])
def test_what_has_happened_is_heard(text: str, emergency: str, emergencies: Emergencies) -> None:
    assert emergencies.raised(text) == emergency


@pytest.mark.parametrize("text", CALM)
def test_what_merely_speaks_of_it_is_not(text: str, emergencies: Emergencies) -> None:
    assert emergencies.raised(text) is None


@pytest.mark.parametrize(
    ("text", "emergency"),
    [
        # Whatever else it holds.
        (
            "Hallo, ich bin Hebamme. Gestern war viel los. Mein Handy wurde geklaut. Darf ich WhatsApp nutzen?",
            "phone-lost",
        ),
        (
            "Darf ich Kunden per WhatsApp schreiben, und was mache ich jetzt, mein Konto wurde gehackt",
            "account-taken-over",
        ),
        # Without a comma, in capitals, with a slip of the finger, in a compound that nobody listed.
        ("hallo was mach ich denn jetzt mein handy mit den ganzen patienten wurde gestohlen", "phone-lost"),
        ("MEIN HANDY IST WEG!!!", "phone-lost"),
        ("wir haben eine abmanung bekommen", "warning-letter"),
        ("Mein Hofladenhandy ist verschwunden", "phone-lost"),
        ("Unsere Vereinsmitgliederliste wurde versehentlich an alle gesendet", "list-published"),
        # Interrupted.
        ("Der Laptop, auf dem die ganze Buchhaltung liegt, wurde gestohlen", "data-stolen"),
        ("My phone, which has all the client chats, was stolen", "phone-lost"),
        # Of several in a sentence the most specific, of sentences the first.
        ("Hab eine Abmahnung von meinem Chef bekommen", "employment-warning"),
        ("Mein Handy wurde geklaut. Jetzt schreibt jemand von meiner Nummer.", "phone-lost"),
        # Denied first, told then.
        ("Nein, nicht gehackt, aber mein Handy ist weg", "phone-lost"),
        ("Das Handy ist nicht weg, aber mein Account wurde gehackt", "account-taken-over"),
        # A figure's separator ends nothing.
        ("Ein Kunde verlangt 2.000,50 Euro Schadensersatz", "claim-or-lawsuit"),
        # Asked whether it is so, by whom it happened to.
        ("Wurde mein WhatsApp gehackt? Alle bekommen Links", "account-taken-over"),
        ("Kann mir jemand helfen, ich habe eine Abmahnung bekommen", "warning-letter"),
    ],
)
def test_the_form_of_a_message_does_not_matter(text: str, emergency: str, emergencies: Emergencies) -> None:
    assert emergencies.raised(text) == emergency


@pytest.mark.parametrize("text", ["", "?", "…", "wenn " * 500, "handy, auf dem, " * 200])
def test_what_says_nothing_raises_nothing(text: str, emergencies: Emergencies) -> None:
    assert emergencies.raised(text) is None


def test_a_knowledge_without_emergencies_hears_none(small: Knowledge) -> None:
    assert Emergencies(small).raised("Mein Handy wurde geklaut") is None


def test_a_known_word_is_no_misspelt_one(knowledge: Knowledge) -> None:
    text = "Mein Handy wurde geklavt"
    assert Emergencies(knowledge).raised(text) == "phone-lost"
    assert Emergencies(knowledge, known=["geklavt"]).raised(text) is None


#: Entries and emergencies that some of their phrasings truly tell.
TRULY = {
    ("whatsapp-access-request", "phone-lost"),
    ("whatsapp-encryption", "account-taken-over"),
    ("whatsapp-fines", "claim-or-lawsuit"),
    ("whatsapp-fines", "warning-letter"),
    ("whatsapp-photos", "wrong-recipient"),
}
#: Questions that no entry answers, and what they tell all the same.
TRULY_OUTSIDE = {"mein chef hat mir per whatsapp gekündigt gilt das überhaupt oder muss das auf papier sein"}


def questions(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """Every question that the knowledge is written in and proved with, with the entry it stands at."""
    for entry in knowledge.entries.values():
        yield from ((entry.id, text) for text in (*entry.asked_as.all, *entry.not_asked_as.all))
    for each in knowledge.checks.entries:
        yield from ((each.entry, text) for text in each.questions.all)
    for pair in knowledge.checks.pairs:
        yield from ((side.entry or "", side.text) for side in (pair.first, pair.second))
    for phrases in (knowledge.checks.out_of_scope, *knowledge.checks.everyday.values()):
        yield from (("", text) for text in phrases.all)


def test_no_question_of_the_knowledge_raises_what_it_does_not_tell(
    knowledge: Knowledge, emergencies: Emergencies
) -> None:
    raised = [(entry, emergencies.raised(text), text) for entry, text in questions(knowledge)]
    assert len(raised) > 5000
    wrong = [each for each in raised if each[1] and each[:2] not in TRULY and each[2] not in TRULY_OUTSIDE]
    assert wrong == []


def test_each_is_five_short_lines_in_both_languages(knowledge: Knowledge) -> None:
    assert len(knowledge.emergencies) == 11
    for emergency in knowledge.emergencies.values():
        assert len(emergency.lines) == 5
        for line in emergency.lines:
            assert max(len(line.text.de.split()), len(line.text.en.split())) <= 22, line.text
            assert line.is_own != bool(line.citations), line.text


def test_a_deadline_is_told_where_the_authority_must_hear_of_it(knowledge: Knowledge) -> None:
    for emergency in knowledge.emergencies.values():
        cited = {str(reference) for reference in emergency.lines[3].citations}
        is_breach = emergency.kind == "emergency"
        assert (emergency.deadline_hours == 72) == is_breach
        assert ("dsgvo#art-33" in cited) == is_breach
        assert ("72" in emergency.lines[3].text.de) == is_breach
