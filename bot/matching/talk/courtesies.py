"""The words that only carry an utterance: address, politeness, particles, and what is written in one word for two.

Owns the lists, one for each language; refuses to know what an utterance means. Entries are separated by ";" where they
may have several words, and may be templates. Everything is compared without marks.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.messages import Language


@dataclass(frozen=True, slots=True)
class Courtesies:
    """`spelled` writes out what is drawn together or in dialect, `joined` makes one word of several that mean something
    else together. `openers` and `closers` stand around an utterance, `frames` ask for what follows, `particles` may
    stand anywhere in it: none of them changes what is said.

    `asker` and `bot` are the two who talk; what the bot said is one of `answers` behind one of `pointers`. `subjects`
    begin a statement, `verbs` a question that has no question word. `light` words hardly matter; nothing is said by
    `slight` ones alone, nor by `bare` ones. `chatter` tells nothing of what anybody talks about, though it says
    something."""

    spelled: str
    joined: str
    openers: str
    closers: str
    frames: str
    particles: str
    asker: str
    bot: str
    answers: str
    pointers: str
    subjects: str
    verbs: str
    light: str
    slight: str
    bare: str
    chatter: str


_GERMAN = Courtesies(
    spelled="""gehts: geht es; gings: ging es; gibts: gibt es; gibs: gibt es; laeufts: läuft es; heissts: heißt es;
        stehts: steht es; siehts: sieht es; wars: war es; waers: wäre es; ists: ist es; isses: ist es; is: ist; isch:
        ist; gilts: gilt es; hats: hat es; habs: habe es; hab: habe; machs: mach es; kanns: kann es; darfs: darf es;
        sags: sag es; zeigs: zeig es; schicks: schick es; erklaers: erkläre es; wirds: wird es; kommts: kommt es;
        stimmts: stimmt es; kannste: kannst du; koenntest: kannst; koennten: können; haste: hast du; biste: bist du;
        weisste: weißt du; ner: einer; nochmal: noch mal; nochmals: noch mal; weitergehts: weiter geht es; paragraf:
        paragraph; paragrafen: paragraphen; emails: mail; email: mail; pdfs: pdf; infos: info; information: info;
        informationen: info; wiso: wieso; jetz: jetzt; etz: jetzt; no: noch; mans: man es; wuerd: würde; ma: wir; wos:
        was; wia: wie; hot: hat; hastn: hast du; derf: darf; gschriebn: geschrieben; gschrieben: geschrieben; duerfte:
        darf; duerfen: darf; ginge: geht;
        ick: ich; icke: ich; nich: nicht; wat: was; dat: das; det: das; nu: nun; hamse: haben sie; hams: haben sie""",
    joined="""noch mal: nochmal; noch einmal: nochmal; e mail: mail; weiter so: weiterso; wie geht es: wiegehts; die
        andere: dieandere; die anderen: dieandere; der anderen: dieandere; den anderen: dieandere""",
    openers="""und; aber; also; oder; na; nun; dann; ach; ach so; achso; aha; ah; oh; hm; hmm; äh; ok; okay; alles
        klar; verstehe; verstanden; danke; danke schön; vielen dank; hallo; huhu; hi; hey; guten (tag|morgen|abend);
        sorry; entschuldigung; moment; (ja|nein|nee|doch) (und|aber); [eine|noch eine|nur eine] [kurze] frage; meine
        frage (ist|wäre|war); was ist mit; wie ist es mit; wie steht es mit; wie sieht es mit; ich (meine|meinte)""",
    closers="danke; danke schön; vielen dank; oder; gell; ne; wa; ja; (zeigen|nennen|geben|sehen|verraten|mitteilen)",
    frames="""(kannst|würdest|magst|willst|könntest) du [mir|uns|mich|bei]; (können|könnten|würden|mögen) sie
        [mir|uns]; (könnt|könntet|würdet) ihr [mir|uns]; (zeig|zeige|zeigen|gib|geben|nenn|nenne|nennen) [sie]
        [mir|uns]; (sag|sage|sagen|erzähl|erzähle|verrate|verraten) [sie] (mir|uns); (ich|wir)
        (möchte|möchten|will|wollen|hätte|hätten|brauche|brauchen|bräuchte|bräuchten|würde|wüsste) [wissen|haben];
        (hast|hättest|kennst|weißt) du; (haben|hätten|kennen|wissen) sie; (habt|hättet|kennt|wisst) ihr; (gibt|gäbe);
        (mich|uns) (interessiert|interessieren|würde interessieren); (ich frage mich|wir fragen uns); (darf|kann)
        (ich|man) (fragen|wissen|erfahren); ob""",
    particles="""das des dies diese dieser dieses diesem diesen es der die den dem ein eine einen einem einer eines n
        ne nen nem s dazu dafür hierfür hiervon dabei davon daran darauf darin drauf hierzu da denn doch dann auch
        gern gerne vielleicht eventuell irgendwie überhaupt eben bloß leider etwa mal nur so bitte jetzt nun
        eigentlich einfach wirklich echt halt schon ganz sehr ziemlich total bisschen bissl bissel bisserl gerade grad
        gar also sich dort ach na endlich aber tatsächlich ungefähr genauso man""",
    asker="ich mich mir mein meine meinen meinem meiner meines wir uns unser unsere unseren unserem unserer man i mi",
    bot="du dich dir dein deine deinen deinem deiner sie ihnen ihr ihre ihren ihrem ihrer euch euer eure euren eurem",
    answers="antwort antworten aussage aussagen auskunft auskünfte info",
    pointers="das die der den dem diese dieser diesen diesem dieses deine deiner deinen ihre ihrer ihren eure",
    subjects="das es dies ich wir man du sie",
    verbs="""ist sind bist stimmt gilt geht darf dürfen kann können hat hast haben wird war wurde wäre gibt hilft
        heißt muss müssen soll sollen könnte müsste sollte würde hafte haften werde bekomme bekommen bekommt kriege
        kriegen kriegt droht drohen riskiere""",
    light="""ist sind war waren wäre wären sein bin bist hat hast haben habe habt hatte hatten hätte kann kannst
        können könnt könnte würde wird werden worden wurde gibt ganzen ganze ganzes irgendwo irgendwas irgendjemand
        für an zu auf bei wohl lieber etwas""",
    slight="""was wie wo wer wann wen welch welche noch in für auf mit bei bist ist sind hat hast ja nein und zu nicht
        muss soll will habe haben wird war hier es mehr""",
    bare="schick sende mail frage",
    chatter="""alter bro digga digger ey mann mensch junge leute kinder herrschaften freunde meister chef lol haha hihi
        omg wtf lieber liebe liebes guter gute verdammt verflixt verdammte verdammten himmel gott herrgott teufel geier
        mei jo joa tja naja gell sag sagen sagt sagst sage zeig zeigen gib gebe geben gebn gebt gebts nenn nennen komm
        komme kommt kommen geh gehe geht gehen mach mache machst macht machen tu tue tut tun brauch brauche brauchen
        braucht möchte möcht mecht will wollen mag hätte hätt weiß weiss wissen denk denke finde find seh sehe sehen
        schreib schreibe schreiben tippe krieg kriege kriegen bekomme bekommen paar sache sachen ding dinger zeug kram
        ganze ganzen alles alle irgendwie freundlicherweise höflich höflichst gefälligst solche solch solches so sowas
        konkret konkrete konkreten konkretes genau genauer kurz schnell persönlich nämlich praktisch schließlich erstmal
        erst später heute grade eben vorhin bloss mir wären heisst meinst meinen bleib bleibe bleiben bleibt lieg liegt
        liegen heiß nehm nehme nehmen nimmt glaub glaube halt halte halten hält zeigt führt führen sprech spreche
        sprechen bring bringe bringen bringt meine meint frag frage fragen fragt kenne kennen gelten stell stelle
        stellen stellt arbeite arbeiten folgt lern lernen setz setze setzen beginne beginnt erzähl erzähle erzählen
        erzählt versuch versuche lauf läuft laufen erklär erkläre erklären sitz sitze sitzt zieh ziehen scheint fall
        fällt gehört gehören erhalten treffe such suche suchen leg lege legen lese lesen liest red rede reden redet
        sieht schau schaue schauen schaut guck gucken guckt fang fange anfangen erwarte wart warte warten helfen hilft
        fühl interessiert interessieren erinner fehlt lass lasse lassen lässt kaufen steck steckt steh stehe steht
        stehen hör höre hören hab haben gab gegeben genommen gesehen gemacht getan gesagt gefragt gelesen geschrieben
        gemeint gedacht gewesen geworden geblieben gegangen gekommen ehrlich ehrlicherweise offen tatsächlich gerade
        damals neulich kürzlich bestimmt wahrscheinlich vermutlich offenbar angeblich selbst selber gleich sofort oft
        immer manchmal weiter zusammen allein alleine einzeln einzelnen besser beste besten schlecht groß großen klein
        kleinen kleine lang lange kurzen neu neue neuen alt alten wichtig wichtigen richtig richtigen falsch möglich
        schwer leicht schlimm schön gut gutes guten besonders langsam früher früh spät bald nachher vorher vielleicht
        eher ziemlich genug fast beinahe kaum völlig total absolut komplett insgesamt überall woanders jedenfalls
        immerhin trotzdem außerdem übrigens beispielsweise allerdings sonst ansonsten dagegen stattdessen obwohl
        ehrlichgesagt leut menschen frau kind tag tage jahr jahre zeit mal male woche stunde minute fälle teil art weise
        grund wort satz ende anfang reihe seite kopf hand auge herr herrn frollein fräulein dame bürger wenigstens
        mindestens höchstens zumindest sozusagen quasi gewissermaßen bzw beziehungsweise usw etc okidoki ups oje ohje
        oha uff puh boah wow aha soso nanu hoppla pff tss hmpf ähm ehm aufrichtig herzlich verzeihung pardon
        entschuldigen entschuldigt nochmals dringend eilig wichtigste jetzt heut gestern morgen abend ham hamse hams se
        simma samma hamma hatt hätten wollt wollte wollten sollt sollte sollten könnt könnte könnten würd würde würden
        wüsst wüsste gern gerne lieb ick icke wat dat det ditt nu nich nix nischt ooch janz jut keen keene nee nö ma mer
        dia ihna eana oans zwoa dös deng gang goht isch bisch hosch kasch muasch wellet hent mued schaug schaugn sog
        sogn gsagt loss""",
)


# The stem of "authority" is that of "author".
_ENGLISH = Courtesies(
    spelled="""whats: what is; wheres: where is; whos: who is; hows: how is; whens: when is; whys: why is; thats: that
        is; theres: there is; heres: here is; its: it is; im: i am; youre: you are; ive: i have; youve: you have;
        weve: we have; id: i would; wed: we would; ill: i will; lets: let us; does: do; did: do; cant: can not;
        cannot: can not; dont: do not; doesnt: do not; didnt: do not; couldnt: could not; isnt: is not; arent: are
        not; wasnt: is not; was: is; were: are; wont: will not; wouldnt: would not; shouldnt: should not; hasnt: has
        not; havent: have not; gimme: give me; lemme: let me; wanna: want to; gotta: have to; u: you; ur: your; pls:
        please; plz: please; laymans: layman; laymens: layman; email: mail; authority: officialbody; authorities:
        officialbody""",
    joined="e mail: mail; up to date: uptodate; out of date: outdated; word for word: wordforword; as well: too",
    openers="""and; but; so; or; ok; okay; alright; all right; well; then; thanks; thank you; hello; hi; hey; hm; hmm;
        oh; ah; sorry; wait; i see; got it; i (mean|meant); (yes|no|yeah) (but|and); [a|one] [quick|small] question;
        my question is; (what|how) about; just""",
    closers="thanks; thank you; right; though; then; mate; or; too; as well; (for|about|on|with|of) (it|that|this)",
    frames="""(can|could|would|will) you [(give|show|tell|get|name|find) [me|us]]; (give|show|tell|name|get|find|send)
        (me|us); (i|we) (would|will) like [(see|have|know|get|hear|ask)]; (i|we) (want|need)
        [(see|have|know|get|hear)]; (i|we) wonder; (i|we) is wondering; (can|could|may|might) (i|we)
        (ask|have|get|see); do you (know|have); have you [got|get]; you have [got]; is there; are there; there is;
        got; let me (see|have); (whether|if)""",
    particles="""the a an this that these those it of to so just please really quite very also well actually maybe
        perhaps any some um uh now but even exactly then such anyway though definitely bit little basically""",
    asker="i me my mine we us our ours",
    bot="you your yours yourself",
    answers="answer reply statement information info",
    pointers="the this that these those your",
    subjects="it this that i we you",
    verbs="is are am do has have can could may must will would should",
    light="""is are am be been being do have has had can could will would get got for on about with in too at by from
        somewhere anywhere something ever going""",
    slight="what how where who when which in for on with about is are do have not no yes and you be at by from one",
    bare="send mail help question word",
    chatter="""mate mates dude bro bruh lol haha omg wtf man guys folks love dear darling pal buddy sir madam honestly
        bloody damn darn hell earth heck god gosh blimey crikey goodness heavens flipping freaking tell show give say
        saying said know think want need like get got getting gets go going come put make thing things stuff way bit lot
        kindly sort kind one ones sorry fine okay hey hi yeah yep nah nope seriously literally frankly personally
        quickly specifically concrete specific exactly precisely relevant possible possibly please all whole same later
        today guess suppose reckon ring let lets look see sounds seems am be been being stay stays lie hold holds keep
        keeps take takes took taken bring brings brought believe feel feels felt ask asks asked asking tells told
        telling speak speaks talk talks talking talked call calls called calling use uses used using work works try
        tries trying tried start starts started run runs running read reads reading hear hears heard looks looking
        looked seem seemed find found finding gives gave given giving shows showed shown goes went gone comes came leave
        leaves left happen happens happened mean means meant meaning set sets puts turn turns turned move follow follows
        followed learn change changed understand understood watch wait waiting carry write writes writing wrote written
        sit stand stands stood lose lost pay meet include continue begin began begins seen saw done did does doing had
        has having made makes making says thought thinks knew knows known wants wanted needs needed liked likes hope
        wish wonder wondering remember forget forgot explain explained explaining add build buy help helps sure true
        real really new old big small good better best bad worse worst great little long short high low right wrong easy
        hard simple clear able important different other others another next last first second own early late young full
        free special certain recent public open actual normal usual main only even still again ever never always often
        sometimes usually probably perhaps maybe apparently obviously clearly simply basically generally mostly mainly
        almost nearly quite rather pretty fairly enough together alone away back down up out off over under through
        around across along behind above below near far here there everywhere somewhere anywhere elsewhere once twice
        already yet soon recently lately before after since until while during because though although unless however
        otherwise instead anyway besides therefore thus hence people person persons woman men women child children kid
        kids year years day days week weeks month months time times hour minute place part parts case cases point points
        word words sentence line lines page reason reasons problem problems question questions fact facts idea ideas
        example hand eye eyes head life world number end side group matter someone somebody anyone anybody everyone
        everybody nobody something anything everything nothing hmm erm um uh er oh ah ooh wow whoa phew oops whoops ouch
        ugh aw jeez gee well cheers mister miss mrs gentlemen ladies friend friends respect gonna wanna gotta kinda
        sorta dunno lemme gimme cos cuz coz tho thru innit aint yer ya ye wee bloke lad lass aye och hun hon yours
        sincerely regards cant dont wont isnt didnt doesnt couldnt wouldnt shouldnt havent hasnt evening morning
        afternoon tonight tomorrow yesterday now""",
)

COURTESIES: Mapping[Language, Courtesies] = {"de": _GERMAN, "en": _ENGLISH}
