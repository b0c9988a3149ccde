"""Visas, stay permits and what surrounds them: concept, then the words people use in English | Italian | Indonesian.

`_` joins the words of a phrase, `*` ends a prefix. Bare codes (E28A, C1) are recognised by their form, not here.
"""

WORDS = """
gen.visa: visa visas vsa | visto visti | visanya viza
gen.permit: permit permits licence* license* licensing authorisation authorization | permess* autorizzazion*
  licenz* | izin izinnya ijin perizinan surat_izin
gen.aside: for_example such_as | per_esempio ad_esempio in_corso | misalnya contohnya
gen.stay: stay staying stays remain live living reside residing stay_permit | soggiorn* restare resto rimanere
  rimango vivere vivo abitare abito_a stare permesso_di_soggiorno | tinggal menetap izin_tinggal menginap
gen.immigration: immigration imigration evisa e_visa molina | immigrazion* | imigrasi kanim
visa.kitas: kitas itas eitas e_itas e_kitas limited_stay* temporary_stay* stay_permit_card |
  permesso_temporaneo permesso_annuale | kitasnya izin_tinggal_terbatas
visa.kitap: kitap itap e_itap permanent_stay* permanent_resid* permanent_card permanent_permit |
  permesso_permanente residenza_permanente soggiorno_permanente | kitapnya izin_tinggal_tetap
visa.voa: voa evoa e_voa visa_on_arrival on_arrival b1 | visto_all_arrivo visto_in_arrivo visto_all_aeroporto
  | visa_kedatangan visa_saat_kedatangan
visa.tourist: tourist_visa tourist_visas touristic tourism holiday_visa tourist tourists | turistic* turism*
  turist* | turis wisata wisatawan pelancong
visa.free: visa_free visa_exempt* visa_waiver no_visa | senza_visto esente_da_visto | bebas_visa
visa.visit: visit_visa visit_permit visitor_visa visit visitor* b211 b211a b211b social_visa | visita
  visto_di_visita permesso_di_visita visto_sociale | kunjungan itk izin_tinggal_kunjungan visa_sosial
visa.business: business_visa business_visas business_trip | visto_d_affari visto_affari visto_business |
  visa_bisnis visa_usaha
visa.student: student students study studying university student_kitas | student* studiare universita* |
  pelajar mahasiswa kuliah
visa.investor: investor investors invest investing investment* | investitor* investi* | investasi investornya
  penanam_modal penanaman_modal berinvestasi
visa.remote: remote remotely nomad nomads work_online working_online works_online online_job digital_work*
  telework* work_from_home e33g | da_remoto nomad* smart_working smartworking smart_worker lavor*_online
  telelavor* | jarak_jauh kerja_online kerja_remote wfh bekerja_online kerja_laptop
visa.retire: retire* retirment pension* senior* elderly e33f | pension* anziani anziano | pensiun* lansia
visa.silverhair: silver_hair silverhair e33e | |
visa.secondhome: second_home secondhome | seconda_casa | rumah_kedua
visa.golden: golden_visa golden goldn | visto_d_oro | visa_emas
visa.work: work_permit* working_permit work_visa working_visa working_kitas work_kitas employment_permit
  employment_visa e23 | permesso_di_lavoro visto_di_lavoro visto_lavoro kitas_lavoro permesso_lavorativo |
  izin_kerja visa_kerja kitas_kerja ijin_kerja
visa.dependent: dependent* dependant* family_permit family_kitas family_visa family_reunion follow_me |
  a_carico familiar* ricongiungimento | tanggungan ikut_suami ikut_istri penyatuan_keluarga
visa.spousal: spouse_kitas spouse_permit spouse_visa spousal marriage_visa marriage_kitas e31a |
  kitas_matrimonio kitas_coniuge | kitas_pasangan kitas_nikah kitas_istri kitas_suami
visa.overstay: overstay* over_stay* stayed_too_long beyond_expiry past_expiry | oltre_la_scadenza
  oltre_il_visto visto_scaduto permanenza_irregolare | lewat_masa_tinggal melebihi_izin kelebihan_tinggal
  lewat_izin_tinggal
visa.bridging: bridging bridge_visa | visto_ponte permesso_ponte | visa_jembatan
visa.citizenship: citizenship naturali* | cittadinanz* naturalizz* | kewarganegaraan naturalisasi
visa.exit: epo exit_permit exit_permit_only exit_only | permesso_di_uscita | izin_keluar
visa.reentry: merp reentry re_entry re_enter reenter come_back coming_back return_permit | rientr*
  permesso_di_rientro | masuk_kembali masuk_lagi izin_masuk_kembali kembali
visa.sktt: sktt dukcapil civil_registry civil_office | anagrafe ufficio_anagrafe | disdukcapil
visa.conversion: alih_status alih convert* conversion switch* change_status onshore | conversione convertire
  cambio_di_stato passare_a passare_al passo_a | dialihkan alihkan pindah_status ganti_status
visa.passport: passport* | passaport* | paspor paspornya
visa.levy: levy tourist_fee tourist_tax love_bali tourist_levy 150k | tassa_turistica contributo_turistico
  tassa_di_soggiorno tassa_d_ingresso | pungutan 150rb retribusi_wisatawan
visa.arrivalform: all_indonesia arrival_card arrival_form arrival_declaration | modulo_all_indonesia
  dichiarazione_d_arrivo | formulir_kedatangan deklarasi_kedatangan
visa.customs: customs | dogana doganal* | bea_cukai
visa.sponsor: sponsor* guarantor* | garant* | penjamin* sponsornya
visa.multiple: multiple_entry multiple_entries multi_entry multientry | ingressi_multipli | masuk_berkali*
visa.single: single_entry one_entry | ingresso_singolo ingresso_unico | sekali_masuk
visa.transit: transit | transito | persinggahan
visa.asylum: asylum refugee* | asilo rifugiat* | suaka pengungsi
visa.blacklist: blacklist* deport* ban banned travel_ban | lista_nera deportat* deportazione espuls* espell* |
  cekal dicekal deportasi dideportasi daftar_hitam
visa.detention: detention detained jail prison | detenzione arrestat* carcere prigione | penjara dipenjara
  ditahan
visa.biometrics: biometric* fingerprint* | biometric* impronte | biometrik sidik_jari
visa.interview: interview* | colloqui* intervist* | wawancara
visa.medical: medical_visa medical_treatment treatment hospital_visa | cure_mediche cura | berobat pengobatan
visa.artist: artist* performer* | artist* | seniman artis
visa.journalist: journalist* press_visa film_crew | giornalist* | jurnalis wartawan
visa.fair: trade_fair exhibition* booth | fiera fiere stand | pameran
visa.meetings: meeting* negotiat* conference* | riunion* incontr* trattativ* conferenz* | rapat pertemuan
  negosiasi
visa.factory: factory factories inspection site_visit survey surveying | fabbric* sopralluog* stabiliment* |
  pabrik survei survey_lokasi tinjau
"""
