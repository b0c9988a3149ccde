"""Property, money, health, travel, animals and customs: concept, then the words in English | Italian | Indonesian."""

WORDS = """
prop.freehold: freehold hak_milik shm full_ownership own_land | piena_proprieta nuda_proprieta |
  sertifikat_hak_milik
prop.hakpakai: hak_pakai right_to_use right_of_use | diritto_d_uso | hakpakai
prop.hgb: hgb hak_guna_bangunan right_to_build | diritto_di_superficie |
prop.leasehold: leasehold hak_sewa long_lease lease leases leasing | lungo_affitto affitto_lungo
  locazione_lunga a_lungo_termine | sewa_panjang sewa_jangka_panjang kontrak_sewa
prop.land: land plot plots parcel | terren* terra lott* | tanah lahan kavling
prop.house: house houses home homes property properties real_estate | casa abitazion* immobil* | rumah
  properti
prop.villa: villa villas | villa ville villetta | vila
prop.apartment: apartment* flat condo* | appartament* | apartemen
prop.rent: rent rents renting rental rented | affitt* locazion* | sewa menyewa kontrakan mengontrak disewa
prop.rentout: rent_out renting_out let_out sublet subletting landlord | affitto_la_mia dare_in_affitto
  subaffitt* | menyewakan sewakan disewakan sewain
prop.shortrental: airbnb short_term_rental short_term_rentals booking.com nightly daily_rental vacation_rental
  holiday_rental listing listings | affitt*_brev* locazion*_brev* annuncio annunci | sewa_harian
  sewa_jangka_pendek di_airbnb_kan airbnb_kan
prop.pondok: pondok_wisata homestay guest_house guesthouse | affittacamere bed_and_breakfast | pondok
  rumah_tamu
prop.zoning: zoning zone zones rdtr gistaru green_zone land_use | zon* piano_regolatore | zonasi zona
  tata_ruang
prop.pbg: pbg imb building_permit building_approval | permesso_di_costruire concessione_edilizia |
  persetujuan_bangunan izin_bangunan
prop.slf: slf certificate_of_fitness occupancy | agibilita* | laik_fungsi
prop.build: build building built construction construct | costru* edific* | bangun membangun pembangunan
  dibangun bangunan
prop.mortgage: mortgage mortgaged | ipotec* mutu* | kpr hipotek hak_tanggungan
prop.inherit: inherit* heir* last_will testament | eredit* eredi testament* | waris warisan mewarisi
  ahli_waris wasiat
prop.certificate: certificate certificates title_deed | certificat* | sertifikat sertipikat
prop.duediligence: due_diligence | |
prop.boundary: boundary fence wall neighbour_dispute | confin* muro recinzion* | batas_tanah tembok pagar
prop.squaremetre: square_metre* square_meter* sqm m2 | metro_quadr* metri_quadr* | meter_persegi per_meter
prop.architect: architect* contractor* | architett* geometra appaltator* | arsitek kontraktor
prop.seller: seller vendor | venditor* | penjual
prop.buyer: buyer purchaser | acquirent* compratori | pembeli
prop.owner: owner owners owned owns ownership | propriet* possed* | pemilik milik memiliki kepemilikan
prop.tenant: tenant tenants lessee | inquilin* conduttore | penyewa
prop.agent: broker real_estate_agent | agenzia_immobiliare mediator* | makelar
prop.deposit: deposit* park_the_cash bank_balance | deposit* vincol* | deposito setor setoran ditempatkan
prop.savings: savings funds fund proof_of_funds proof_of_fund | risparmi* fondi fondo liquidita | tabungan
  dana danany saldo simpanan
prop.bonds: bond bonds securities sbn treasury | obbligazion* titoli titoli_di_stato | obligasi surat_berharga
  sbn
money.bank: bank banks bni bca bri mandiri state_bank | banc* | bank banknya bumn
money.money: money cash | soldi denaro contanti | uang duit
money.account: account accounts bank_account | conto conti conto_corrente | rekening
money.card: credit_card debit_card | carta_di_credito bancomat | kartu_kredit kartu_debit
money.transfer: wire_transfer bank_transfer remittance wire | bonific* | kirim_uang transfer_uang
money.exchange: exchange_rate currency_exchange | cambio_valuta tasso_di_cambio | kurs tukar_uang
money.interest: interest_rate interest | interess* | bunga
health.bpjs: bpjs bpjs_kesehatan state_health jkn | | jaminan_kesehatan
health.insurance: insurance insured insurer health_cover* | assicura* polizz* copertura_sanitaria | asuransi
  polis
health.hospital: hospital* clinic clinics | ospedal* clinic* | rumah_sakit klinik
health.doctor: doctor* dentist* implant | medic* dentist* | dokter dokter_gigi
health.vaccine: vaccin* | vaccin* | vaksin* imunisasi
health.medicine: medicine* drug drugs prescription | medicin* farmac* | obat
health.pregnant: pregnan* birth born | incinta gravidanza nascita nato nata | hamil lahir kelahiran
drive.licence: driving_licence driver_s_licence drivers_license driving_license driver_license sim_c idp
  driver_licence international_permit international_licence | patent* patente_internazionale | sim
  sim_internasional
drive.scooter: scooter* motorbike* motorcycle* moped bike | motorin* moto scooter | motor sepeda_motor
drive.car: car cars vehicle* | auto automobil* macchin* veicol* | mobil kendaraan
drive.accident: accident* crash | incident* | kecelakaan tabrakan
drive.ticket: helmet traffic_police traffic_ticket checkpoint | casco multa_stradale posto_di_blocco | tilang
  helm
life.simcard: sim_card phone_number esim | scheda_sim numero_di_telefono | kartu_sim nomor_hp pulsa
life.police: police | polizi* questura | polisi kepolisian
life.school: school* kindergarten | scuol* asilo_nido | sekolah
life.airport: airport* | aeroport* | bandara
life.flight: flight* fly flying airline | volo voli aereo compagnia_aerea | penerbangan pesawat terbang
life.internet: internet wifi phone_data | internet rete_mobile | internet wifi
life.hotel: hotel* resort | albergh* hotel | hotel penginapan
life.parking: parking | parcheggi* | parkir
life.hiking: hike hiking volcano trek* | escursion* vulcano | mendaki gunung
life.floor: floor on_the_ground | per_terra pavimento | lantai
life.beach: beach* surf* | spiagg* onde | pantai ombak
pet.pet: pet pets animal animals | animal* | hewan peliharaan
pet.dog: dog dogs puppy labrador | cane cani cagnolin* cucciol* | anjing
pet.cat: cat cats kitten* | gatt* | kucing
pet.rabbit: rabbit* hamster* | conigl* criceto | kelinci hamster
pet.bird: bird* parrot* | uccell* pappagall* | burung beo
pet.vet: vet vets veterinar* | veterinar* | dokter_hewan
pet.rabies: rabies | rabbia antirabbica | rabies
pet.quarantine: quarantine | quarantena | karantina
pet.adopt: adopt* rescue rescued | adott* salvat* | adopsi mengadopsi
cult.nyepi: nyepi day_of_silence silent_day saka | giorno_del_silenzio | hari_hening tahun_baru_saka
  hari_raya_nyepi
cult.galungan: galungan kuningan | | hari_galungan
cult.ogoh: ogoh ogoh_ogoh parade | parat* sfilat* | pawai pengerupukan
cult.temple: temple* pura shrine | tempi* | pura candi
cult.mosque: mosque* church* | mosche* chiesa chiese | masjid gereja
cult.ceremony: ceremon* ritual* cremation procession | cerimoni* rito riti rituale cremazione process* corteo
  | upacara ngaben odalan iring_iringan
cult.offering: offering* canang canang_sari | offert* canang | canang banten sesajen
cult.wedding: wedding weddings | nozze matrimonio_balinese | pernikahan_adat resepsi
cult.clothes: dress_code dress sarong clothes clothing wear attire outfit | vest* abbigliament* sarong |
  pakaian busana sarung baju kamen berpakaian
cult.menstruation: menstruat* period_rule on_my_period | ciclo mestrua* | haid menstruasi datang_bulan
cult.photo: photograph* taking_photos take_photos | fotografar* fotografi* | memotret foto_foto
cult.banjar: banjar village_head kepala_lingkungan klian adat | capo_villaggio banjar | kepala_desa kaling
cult.priest: priest pemangku | sacerdot* | pemangku pedanda
cult.gift: gift gifts bring_to | regal* | hadiah kado
"""
