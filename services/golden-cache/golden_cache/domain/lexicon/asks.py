"""What is wanted: aspect, then the words in English | Italian | Indonesian.

An aspect that tells answers apart must be one that the entry answers; `permission` and `definition` are how
almost anything may be asked, and are only noted.
"""

WORDS = """
cost: cost costs costing closing_cost* price prices pricing priced fee fees official_fee* state_fee*
  government_fee* expensive cheap expense expenses how_much_does_it_cost how_much_do_i_pay surcharge
  invoice_amount | costo costi costa costano costerebbe prezz* spesa spese tasse_statali tassa_statale
  tassa_di_stato tariff* onorari* provvigion* quanto_pag* quanto_vien* compens* preventiv* | biaya biayanya
  harga harganya ongkos pnbp biaya_resmi tarif_resmi berapa_bayar brp_bayar bayar_berapa bayar_brp abis_berapa
  habis_berapa abis_brp habis_brp komisi
rate: charge charges rate rates | aliquot* | tarif tarifnya
amount: minimum amount sum threshold size balance limit ticket_size | somma importo importi soglia cifra
  minim* | jumlah jumlahnya minimal minimum nominal nominalnya batas_minimal nilai nilainya
howmuch: how_much | quanto quanta | brp berapa
howmany: how_many | quanti quante | berapa_banyak
howlong: how_long after_how_long after_how_many how_many_days how_many_weeks how_many_months how_many_years
  how_many_working_days how_soon time_frame | quanto_tempo dopo_quanto dopo_quanti dopo_quante quanti_giorni
  quanti_mesi quanti_anni quante_settimane per_quanto | berapa_lama setelah_berapa habis_berapa_lama brp_lama
  berapa_hari berapa_bulan berapa_tahun berapa_minggu brp_hari brp_bulan brp_tahun lama lamanya
processing: processing_time waiting_time turnaround timeline lead_time | quanto_ci_mett* quanto_ci_vuole
  quanto_ci_vogliono tempistic* tempi tempi_di in_quanti_giorni in_quanto_tempo in_quante_settimane attesa |
  berapa_lama_sampai kapan_jadi kapan_keluar kapan_selesai lama_proses prosesnya_berapa proses_berapa
cue: take takes get obtain issue issued granted approved approve approval processed until finish wait waiting
  | mett* ci_vuole ottien* ottenere avere rilasci* rilascio approv* passano passa prima_che arriva esca |
  proses prosesnya jadi jadinya keluar keluarnya selesai selesainya disetujui terbit bikinnya dapat
validity: valid validity lasts last duration max_stay expiry_date | dura durata durano valid* vale | berlaku
  masa_berlaku berlakunya sisa_masa
times: how_many_times how_often | quante_volte ogni_quanto | berapa_kali brp_kali seberapa_sering
when: deadline due_date due_on due_by fall_due by_when what_date which_date | entro_quando quanto_prima
  quando_scad* scadenz* che_data in_che_data entro termine termini | kapan batas_waktu tenggat jatuh_tempo
  tanggal paling_lambat batas_lapor batasnya
whenever: when | quando |
requirements: require* requirem* requrem* condition* criteria qualify qualifies eligib* need needs needed must
  what_do_i_need prerequisites checklist ask_for rules rule | requisit* requist* condizion* serv* occorr*
  bisogn* obbligator* richied* necessari* chied* regol* | syarat syaratnya persyaratan ketentuan wajib harus
  perlu butuh butuhkan dibutuhkan requirement* aturan aturannya diminta disiapkan siapin siapkan
documents: document* paperwork papers docs paper checklist form forms | document* cart* modul* pratich* |
  dokumen dokumennya berkas surat formulir kertas
process: how_do_i how_to steps step procedure* process walk_me_through walkthrough how_can_i how_does |
  come_si come_faccio come_posso passi passagg* procedur* iter passo come_ottengo come_apro come_funziona |
  cara caranya langkah langkahnya prosedur tahapan proses step mengurus urus alurnya alur
penalty: penalt* fine fines sanction* consequence* punish* what_happens risk risks risky danger dangers |
  multa multe sanzion* penal* rischi* cosa_succede conseguenz* pericol* | denda dendanya sanksi sanksinya
  hukuman akibat akibatnya risiko resiko risikonya bahaya bahayanya kena_apa
comparison: difference different differ versus vs better best compare compared or_better | differenz* meglio
  confront* convien* divers* | beda bedanya perbedaan mending lebih_baik bagusan perbandingan
definition: what_is what_are whats what_does mean meaning explain explained explanation define | cos_e che_cos
  cosa_sono cosa_significa significa spieg* cosa_vuol | apa_itu itu_apa artinya arti maksudnya penjelasan
  jelaskan pengertian apaan
permission: can_i can_my can_a can_we may_i allowed legal legally lawful safe possible is_it_ok permitted |
  posso si_puo possiamo puo e_possibile legal* lecit* consentit* sicur* | boleh bolehkah bisa bisakah dapatkah
  sah legal aman
where: where which_office which_bank | dove in_che_banca quale_ufficio | di_mana dimana kemana ke_mana
  bank_mana
who: who whom borne_by | chi a_carico_di a_carico_del a_carico_dell a_carico_della | siapa ditanggung
why: why reason | perche come_mai motivo | kenapa mengapa alasan knp
refund: refund* money_back get_back payment_back get_it_back get_them_back reimburse* give_back | rimbors*
  restitu* ridare indietro_i_soldi | dikembalikan refund pengembalian uang_kembali
exempt: exempt exemption exempted exempts | esent* esenzion* esoner* | bebas dibebaskan pengecualian
  dikecualikan
recommend: recommend* suggest good best_lawyer best_agent which_lawyer which_notary trustworthy honest |
  consiglia consigli_un consigliare consigliami consigliate consigliat* raccomand* bravo brava onest*
  affidabil* un_buon | rekomendasi rekomendasikan terbaik bagus terpercaya
template: sample template example draft format | fac_simile facsimile modello esempio bozza formato misura |
  contoh template format
salaryinfo: average median typical_income | media in_media medio | rata_rata rata2
status: status_of application_status progress tracking a_che_punto any_news | a_che_punto stato_della
  aggiornament* | sampai_mana sudah_sampai status_permohonan kabar
fairness: fair percentage_is_fair | giusto_prezzo equo | adil
"""
