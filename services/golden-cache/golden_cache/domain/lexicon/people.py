"""Persons and their ties: concept, then the words in English | Italian | Indonesian."""

WORDS = """
gen.foreigner: foreigner* foreign expat* overseas_national | stranier* espatriat* | asing wna bule ekspat*
  orang_asing warga_negara_asing
gen.person: person people anyone someone somebody guy man woman individual | persona persone qualcuno uomo
  donna privato privati | orang seseorang pria wanita perorangan pribadi
who.wni: indonesian_citizen* indonesian_national* local_person indonesian_wife indonesian_husband |
  cittadin*_indonesian* | wni warga_negara_indonesia warga_lokal orang_indonesia orang_lokal
who.spouse: wife husband spouse married marry marrying marriage wives husbands | moglie marito coniug* sposat*
  sposar* sposi* matrimoni* | istri suami pasangan nikah menikah pernikahan kawin istrinya suaminya
who.child: child children kid kids son sons daughter* toddler minor minors | figli* bambin* minorenn* | anak
  anaknya balita anak_anak putra putri
who.parent: father mother dad mum mom parent* mother_in_law father_in_law | padre madre papa mamma genitor*
  suocer* | ayah ibu bapak orang_tua mertua
who.sibling: brother* sister* cousin* uncle aunt | fratell* sorell* cugin* zio zia | kakak_saya adik sepupu
  paman bibi
who.grand: grandmother grandfather grandparent* | nonn* | nenek kakek
who.friend: friend friends | amic* | teman kawan temen
who.partner: girlfriend boyfriend partner | fidanzat* ragazza ragazzo compagn* | pacar kekasih
who.fiance: fiance fiancee engaged | promess*_spos* | tunangan calon_istri calon_suami
who.unmarried: unmarried not_married common_law | convivent* non_sposat* | tidak_menikah belum_menikah
  kumpul_kebo
who.widow: widow* widower | vedov* | janda duda
who.divorced: divorc* separated | divorzi* separato separata separati | cerai bercerai perceraian
who.ex: ex_wife ex_husband my_ex ex_employer | ex_moglie ex_marito | mantan
who.family: family families | famigli* | keluarga
who.neighbour: neighbour* neighbor* | vicin* | tetangga
who.driver: driver drivers | autist* | supir sopir
who.guest: guest guests | ospit* | tamu
who.client: client clients customer* | client* | klien pelanggan nasabah
who.agent: agent agents agency visa_agent | agent* agenzi* | agen biro_jasa calo jasa
who.colleague: colleague* coworker* | collegh* | rekan_kerja
who.single: single | celibe nubile single | lajang jomblo
"""
