"""Italian words of the trade and of everyday questions, with the English that the documents use.

One entry a line: keys (words or short phrases, commas between) `>` English readings, the likeliest first.
"""

ENTRIES = """
visto, visti > visa
visto all'arrivo > visa on arrival | voa
visto turistico > tourist visa | visit visa
visto lavorativo, visto per lavoro > work visa | working kitas
visto d'affari, visto affari > business visa
visto per nomadi digitali, nomade digitale, nomadi digitali > digital nomad | remote worker
lavoro da remoto, lavorare da remoto, lavoratore da remoto, smart working, telelavoro > remote work | remote worker
a distanza > remote
da casa > from home | remote
portatile, laptop > laptop | remote work
permesso, permessi, autorizzazione, autorizzazioni > permit | licence
permesso di soggiorno > stay permit | kitas
soggiorno, soggiornare, permanenza > stay
permesso di lavoro > work permit | rptka
residenza permanente, permanente > permanent | kitap
residenza, residente, residenti > resident | residence | residency
residenza fiscale, residente fiscale, fiscalmente residente > tax resident | tax residency
scadenza, scadenze > deadline | expiry | due
scade, scadere, scadono, scaduto, scaduta, scaduti > expire | due | expired
oltre la scadenza, fuori termine > overstay | late
sforare, sforato, sforamento > overstay | exceed
giorni in più, giorno in più > overstay | extra days
prorogare, proroga, proroghe, prolungare, prolungamento, estendere, estensione > extend | extension
rinnovare, rinnovo, rinnovi, rinnova > renew | renewal | extend
convertire, conversione, trasformare, passare da > convert | conversion | switch
cambiare, cambio, cambia, modificare, modifica, modifiche > change | replace
cambiare visto, cambio visto > convert visa | conversion | switch
ingresso, ingressi, entrare, entrata > entry | enter
ingresso singolo > single entry
ingresso multiplo, ingressi multipli > multiple entry
rientro, rientrare, ritorno, tornare > return | re-entry
permesso di rientro > re-entry permit
uscire, uscita, lasciare, partire > leave | exit
lasciare il paese, andare via, andarsene, andarmene > leave for good | exit | epo
per sempre, definitivamente, definitiva > for good | final exit
viaggiare, viaggio, viaggi > travel | trip
all'estero, estero, estera, esteri, estere > abroad | foreign
volo, voli, aereo > flight | airport
aeroporto > airport
dogana > customs
biglietto di ritorno > return ticket | onward ticket
passaporto, passaporti > passport
smarrito, smarrimento, perso, perdere, perdo, rubato, furto > lost | stolen
denuncia > police report
validità, valido, valida, validi > validity | valid
straniero, straniera, stranieri, straniere > foreigner | foreign
cittadino, cittadina, cittadini, cittadinanza > citizen | citizenship
indonesiano, indonesiana, indonesiani > indonesian
italiano, italiana, italiani > italian
coniuge, coniugi > spouse | marriage
moglie, marito > spouse | wife | husband
sposare, sposato, sposata, sposati, matrimonio, nozze > marriage | married | spouse
divorzio, divorziato, separazione > divorce
vedova, vedovo > widow | death
figlio, figlia, figli, bambino, bambini, bimbo, bimbi > child | children | dependent
famiglia, familiari, familiare > family | dependent
ricongiungimento > dependent | family reunion
fidanzata, fidanzato, compagna, compagno > partner | unmarried
genitori, madre, padre, mamma, papà, suoceri > parents
pensionato, pensionati, pensione > retirement | retiree | pension
età > age
anni > years
anno > year
annuale, annua, annuo > annual | one-year
mese, mesi > month
mensile, mensili > monthly
settimana, settimane > week
giorno, giorni, giornata > day
ore, ora > hour
durata, dura, durano > duration | last | how long
quanto tempo, quanto ci vuole, tempi, tempistiche > how long | processing time | duration
quanto dura, per quanto > how long | last
quanto costa, quanto costano, quanto viene, costo, costi, costare, costa, costano > cost | fee
prezzo, prezzi, tariffa, tariffe, quota > price | fee
spesa, spese > costs | fees | expenses
quanto pago, quanto si paga, pagare, pago, paga, pagano, pagato, pagamento, pagamenti > pay | payment
quanti soldi, soldi, denaro > money | funds
fondi, risparmi > funds | savings
gratis, gratuito, gratuita > free
rimborso, rimborsare > refund
reddito, redditi, entrate, guadagno, guadagni, guadagnare, guadagnato > income | earn
stipendio, stipendi, salario, paga mensile, busta paga > salary | wage
salario minimo, stipendio minimo > minimum wage
deposito, depositare, vincolato, vincolata > deposit
conto, conti > account
conto corrente, conto bancario, conto in banca, banca, banche > bank account | bank
estratto conto > bank statement
carta, bancomat > card
bonifico, trasferimento, bonifici > transfer
prelievo, prelevare, contanti > cash | withdraw
rupie, rupia > rupiah | idr
dollari, dollaro > dollars | usd
milione, milioni > million
miliardo, miliardi > billion
valore, valore minimo > value | minimum price
minimo, minima, minimi, almeno > minimum | at least
massimo, massima, limite, soglia > maximum | limit | threshold
capitale > capital
capitale minimo > minimum capital
capitale versato, versare, versato > paid-up capital
investire, investimento, investimenti > invest | investment
investitore, investitori > investor
socio, soci, azionista, azionisti > shareholder | partner
quote, quota societaria, azioni, partecipazione > shares
amministratore, amministratori, amministratrice, consiglio > director | board
commissario > commissioner
direttore > director
società, azienda, aziende, impresa, imprese, ditta > company
aprire società, aprire un'azienda, costituire, costituzione, fondare, avviare > set up | establish | open company
aprire, apertura, apro > open
chiudere, chiusura, chiudo, sciogliere, liquidare, liquidazione, scioglimento > close | liquidate | liquidation
atto, rogito, atto costitutivo > deed
notaio, notarile > notary
statuto > articles | deed
sede, sede legale, indirizzo, domicilio > address | office | domicile
ufficio, uffici > office
ufficio virtuale > virtual office
codice, codici > code
attività, settore, settori, ramo > business | sector | activity
attività chiuse, vietato, vietata, vietati, proibito, divieto > closed | prohibited | forbidden
aperto agli stranieri, aperti agli stranieri, aperte agli stranieri > open to foreigners
licenza, licenze > licence
licenze commerciali > business licence
ristorante, ristoranti, locale, bar, caffè, caffetteria > restaurant | cafe | bar
alcol, alcolici, birra, vino, superalcolici > alcohol | liquor
igiene, igienico, sanitario > hygiene | sanitation
cucina, cuoco, cuoca, chef > kitchen | cook
cibo, alimentare, alimenti > food
marchio, marchi, logo, brand > trademark | brand
registrare, registrazione, registro, iscrivere, iscrizione, iscriversi > register | registration
protezione, tutela > protection
prestanome, intestatario, intestare, intestata, intestato, a nome di > nominee | in the name of
amico, amica, amici > friend
rischio, rischi, rischioso, rischio di > risk
truffa, truffe, frode > scam | fraud
legale, legali, legalmente > legal | legally
illegale, illegali, in nero > illegal | without permit
legge, leggi, normativa, norme, norma > law | regulation
regola, regole, regolamento > rules
contratto, contratti > contract | agreement
firmare, firma, firmo > sign | signing
clausola, clausole > clause
avvocato > lawyer
controllare, controllo, verificare, verifica, verifiche > check | due diligence
ispezione, ispezioni, ispettori, retata > inspection | raid
tassa, tasse, imposta, imposte, fiscale, fiscali, fisco, tassazione, tassato, tassati > tax
tassa turistica, tassa di soggiorno, contributo turistico > tourist levy
contributo, contributi > contribution | levy
aliquota, aliquote > rate
scaglioni, scaglione > brackets | rates
percentuale, percento > percent | rate
iva, partita iva > vat | ppn
fattura, fatture, fatturare > invoice
fatturato, ricavi > turnover | revenue
dichiarazione, dichiarazione dei redditi, dichiarare > tax return | report | spt
presentare, presento, presentazione, inviare, invio, consegnare, depositare la domanda > file | submit
sanzione, sanzioni, multa, multe, penale, penali, ammenda > fine | penalty
espulsione, espulso, espellere, deportazione, deportato > deportation
lista nera, bandito, bando, divieto di ingresso > blacklist | ban
carcere, prigione, arresto, arrestato, detenzione > prison | detention
doppia imposizione, convenzione, trattato > double taxation | treaty
codice fiscale > tax number | npwp
detrazione, detrazioni, deduzione, franchigia > allowance | deduction
dividendi, dividendo > dividends
utile, utili, profitto, profitti > profit
perdita, perdite > loss
imposta società, imposta sulle società > corporate tax
ritenuta, trattenuta > withholding
patrimonio > assets | wealth
eredità, ereditare, erede, eredi, successione > inheritance
terreno, terreni, terra > land
casa, case, abitazione > house | home
appartamento, appartamenti > apartment
villa, ville > villa
immobile, immobili, immobiliare, proprietà > property
piena proprietà, proprietà piena > freehold | hak milik
diritto d'uso > hak pakai | right to use
comprare, compro, acquistare, acquisto, compravendita > buy | purchase
vendere, vendita, vendo, venditore > sell | seller | sale
compratore, acquirente > buyer
affittare, affitto, affitti, locazione, in affitto > rent | lease
affitto lungo, lungo affitto, affitto a lungo termine > leasehold | long lease
affitti brevi, affitto breve, casa vacanze > short rental | airbnb
canone > rent
inquilino > tenant
proprietario, proprietaria, padrone di casa, locatore > owner | landlord
costruire, costruzione, edificare, ristrutturare, ristrutturazione, lavori > build | building | construction
permesso di costruire, licenza edilizia > building permit | pbg
agibilità, collaudo > certificate of function | slf
zona, zone, zonizzazione, urbanistico, urbanistica, piano regolatore > zoning | zone
zona verde, agricola, agricolo > green zone
certificato, certificati > certificate
catasto, mappa > land office | bpn
caparra, anticipo, acconto > deposit | advance payment
agenzia, agente, mediatore > agent | agency
lavoro, lavorare, lavoro dipendente, lavori da > work | job
dipendente, dipendenti, impiegato, impiegata, impiegati > employee | staff
assumere, assumo, assunzione, assunzioni > hire | hiring
personale, collaboratori, lavoratore, lavoratori, operai > staff | workers
licenziare, licenziato, licenziamento, dimissioni, dimettersi > dismissal | resign | severance
lascio il lavoro, cambio lavoro, cambiare lavoro, cambiare datore > leave job | change employer
datore di lavoro, datore > employer
stage, tirocinio, tirocinante > internship
volontario, volontariato > volunteer
tredicesima > thr | holiday allowance
bonus > bonus | thr
ferie > leave | holiday
vacanza, vacanze > holiday
malattia, malato, ammalato > sickness
assicurazione, assicurazioni, polizza > insurance
assicurazione sanitaria, sanità, sanitaria, salute > health insurance | health
mutua > bpjs | health insurance
ospedale, clinica, medico, dottore, visita medica > hospital | doctor | medical
vaccino, vaccini, vaccinazione > vaccine | vaccination
farmaci, medicine > medicine
incidente > accident
patente, patenti > driving licence
patente internazionale > international driving permit
guidare, guida, guido, conduco > drive | ride | driving
moto, motorino, scooter, motociclo > motorbike | scooter
auto, macchina, automobile > car
casco > helmet
targa, bollo > vehicle
polizia, vigili, agenti > police
cane, cani, gatto, gatti, animale, animali, cucciolo, cuccioli > dog | cat | pet
quarantena > quarantine
rabbia > rabies
portare, porto, importare, importazione > bring | import
requisito, requisiti, condizione, condizioni > requirements | conditions
serve, servono, serve per, occorre, occorrono > need | required
ci vuole, ci vogliono, bisogna, necessario, necessaria > need | required
obbligatorio, obbligatoria, obbligo, devo, dovere, deve, dobbiamo, obbligato > must | mandatory
documento, documenti, carte, documentazione, scartoffie > documents | papers
modulo, moduli, formulario > form
domanda, richiesta, richiedere, fare domanda > application | apply
ottenere, ottengo, avere, prendere, rilascio, rilasciare > get | obtain
chiedere, chiedo > ask | apply
procedura, procedure, iter, pratica, pratiche, passaggi, passo per passo, passi > procedure | steps | process
come funziona, funziona > how does it work
come si fa, come faccio, come fare, come si > how to
fare, faccio > do
cos'è, cosa è, che cos'è, cosa significa, significato > what is | meaning
differenza, differenze, diverso, meglio, conviene, confronto > difference | compare | better
posso, si può, possono, possiamo, è possibile, possibile, permesso di > can | allowed
consentito, consente, permette, permettere > allow | allowed
non posso, impossibile > cannot
quando > when
dove > where
chi > who
perché > why
quale, quali, che tipo > which
quanti, quante > how many
quante volte > how many times
sponsor, garante, garanzia > sponsor | guarantor
invito, lettera di invito > invitation | sponsor letter
lettera > letter
foto, fototessera, fotografia > photo
impronte, impronte digitali, biometria > fingerprints | biometrics | in person
di persona, personalmente > in person
online, sito > online | website
appuntamento > appointment
immigrazione, questura > immigration
ambasciata, consolato > embassy | consulate
comune, anagrafe > civil registry | dukcapil
segnalare, comunicare, notificare, comunicazione > report
dopo l'arrivo, arrivo, arrivare, arrivato > arrival
riunione, riunioni, meeting > meeting
affari, business > business
conferenza, fiera > conference | event
fornitore, fornitori > supplier
turista, turisti, turistico, turistica, turismo > tourist | tourism
esente, esenti, esenzione, esonerato > exempt | exemption
isola > island
tempio, templi > temple
cerimonia, cerimonie > ceremony
offerta, offerte, cestini > offerings | canang sari
silenzio, giorno del silenzio > silence | nyepi
vestito, vestirsi, abbigliamento, abiti > clothing | dress | sarong
comportarsi, comportamento, comportarmi > behave | behaviour
rispetto, rispettare > respect
vicini, vicinato, quartiere > neighbours | neighbourhood | banjar
villaggio > village
festa, feste, festività > holiday | festival
cultura, usanze, tradizione, tradizioni > culture | customs
internet, luce, elettricità > internet | light | electricity
scuola, scuole, studiare, studente, università > school | student | study
imprenditore, imprenditori > entrepreneur | founder
freelance, libero professionista, partita > freelancer
cliente, clienti > client
vendere online, e-commerce > online sales
influencer, contenuti > content creator | influencer
fotografo > photographer
insegnare, insegnante, lezioni, yoga > teach | yoga
ricco, benestante > wealthy
bozza, scritto > written
traduzione, traduttore, tradurre, giurata > translation | sworn translator
perdere il lavoro > lose job
morto, morte, decesso > death
nascita, nato, neonato > birth | born
minorenne, minorenni > minor | under 18
vecchio, vecchia, ex > old | former
nuovo, nuova, nuovi, nuove > new
ultimo, ultima > last
prima, prima di > before
dopo > after
senza > without
insieme > together
tutto, tutti > all
quanto > how much
certo, sicuro > sure | safe
fermarsi, restare, resto, rimanere > stay
vivere, abitare, trasferirsi, trasferirmi > live | move | relocate
locali > local
primo, prima volta > first
trimestre, trimestrale > quarter | quarterly
semestre, semestrale > semester
rapporto, relazione > report
servizi, servizio > services
ritardo, tardi > late | delay
automatico > automatic
uno > one
due > two
tre > three
quattro > four
cinque > five
sei mesi > six months
dieci > ten
mila > thousand
titolo, titoli > title | titles
titolare > holder | owner
persone, persona > people | person
donne, donna > women
ospiti, ospite > guests
clinica privata, privata, privato > private
prestito, mutuo > loan
procura > power of attorney
tribunale > court
consulente, consulenza, consulenze, commercialista > consultant | consulting
autista > driver
cameriere, cameriera > waiter | staff
segretaria > secretary | staff
fabbrica > factory
negozio > shop
noleggio, noleggiare > rental
subaffittare, subaffitto > sublease | rent out
lettera di espulsione > deportation
sospeso, sospesa, bloccato, bloccati, congelato > suspended | frozen
annuncio, annunci > listing
tolleranza > grace period | tolerance
periodo di prova > probation
sconto > discount
numero > number
elenco, lista > list
persona fisica > individual
crociera, nave > ship
pubblico, pubblica, statali > public | state
cassa, incassi, incasso > revenue | turnover
processione, corteo > procession
stiva > cargo
sopralluogo, visita > site visit
valere > valid
succede, succedere, conseguenze > happen | consequence
tenere > hold
scegliere, scelgo, scelta > choose
compilare, compilo > fill in | form
preparare, preparo > prepare
mostrare, dimostrare, prova > proof | show
usare, uso > use
spostare, spostarsi > move
smettere, smesso > stop
mandare, inviare > send
svegliarsi, dormire > sleep
togliere > remove
mettere, metto > put
accordo > agreement
esterno > external
categoria, classe > class | category
norma di legge > law
nero > undeclared
sanitaria privata > private health insurance
prenotare, prenotazione > booking
""".strip()
