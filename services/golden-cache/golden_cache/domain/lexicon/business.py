"""Companies, licences, tax and work: concept, then the words in English | Italian | Indonesian."""

WORDS = """
gen.company: company companies firm business businesses enterprise | societa* aziend* impres* ditt* attivita |
  perusahaan pt usaha bisnis perseroan usahanya
org.pma: pma pt_pma foreign_company foreign_owned foreign_investment_company | societa_straniera
  societa_a_capitale_straniero | perusahaan_asing penanaman_modal_asing
org.local: local_pt pmdn pt_pmdn local_company indonesian_company local_owner* | pt_locale societa_locale
  societa_indonesiana | pt_lokal perusahaan_lokal pt_biasa
org.solo: pt_perorangan sole_proprietor* one_person_company individual_company | ditta_individuale
  impresa_individuale | perseroan_perorangan
org.cv: cv cvs limited_partnership | accomandita | persekutuan_komanditer
org.foundation: foundation foundations yayasan charity ngo nonprofit non_profit | fondazion* associazion*
  onlus | yayasan perkumpulan lsm
org.coop: cooperative* | cooperativ* | koperasi
org.repoffice: representative_office rep_office kppa kp3a branch_office branch | ufficio_di_rappresentanza
  filiale_estera | kantor_perwakilan kantor_cabang
org.micro: micro_business small_business umkm micro_enterprise msme | microimpres* piccola_impresa |
  usaha_mikro usaha_kecil umk_usaha mikro
org.foreignparent: parent_company holding head_office | casa_madre capogruppo holding | induk perusahaan_induk
  kantor_pusat
biz.nib: nib business_number business_identification | | nomor_induk_berusaha nibnya
biz.oss: oss | | oss_rba
biz.kbli: kbli business_code business_codes business_classification sector_code | codice_kbli codici_kbli
  codice_attivita codice_ateco | kode_kbli bidang_usaha kode_usaha
biz.openfields: open_to_foreign* closed_to_foreign* negative_list investment_list positive_list closed_sector*
  | apert*_agli_stranieri lista_negativa settori_aperti | terbuka_untuk_asing daftar_negatif
  terbuka_bagi_asing
biz.kkpr: kkpr | |
biz.capital: capital paid_up paid_in share_capital | capital* | modal modalnya
biz.headcount: how_many_people how_many_persons number_of_people how_many_owners | quante_persone quanti_soci
  | berapa_orang brp_orang satu_orang sendirian
biz.shares: share shares shareholder* shareholding stock stocks equity | quot* azion* azionist* soci socio
  socia | saham sahamnya pemegang_saham
biz.director: director* | amministrator* direttor* | direktur direksi
biz.commissioner: commissioner* | commissari* | komisaris
biz.nominee: nominee nominees straw_man front_man hold_the_shares on_my_behalf | prestanome fiduciari*
  intestat* intestare | pinjam_nama atas_nama nomine
biz.address: address* domicile registered_office | indirizz* domicili* sede | alamat domisili
biz.virtualoffice: virtual_office coworking co_working | ufficio_virtuale | kantor_virtual
biz.lkpm: lkpm investment_report* investment_activity_report | | laporan_kegiatan_penanaman
biz.quarter: quarter quarterly quarters | trimestr* | triwulan kuartal
biz.restaurant: restaurant* resto cafe cafes coffee_shop bar bars pizzeria eatery bistro | ristorant* caffe
  pizzeri* locale_pubblico | restoran kafe warung kedai
biz.foodtruck: food_truck food_trucks food_cart catering home_kitchen | furgone_cibo catering | gerobak
  katering warung_kaki_lima
biz.alcohol: alcohol* liquor beer wine spirits cocktail* skpl nppbkc | alcol* birr* vino vini | alkohol
  beralkohol miras bir minuman_keras
biz.halal: halal | halal | halal sertifikat_halal
biz.music: music live_music dj | musica | musik
biz.trademark: trademark* trade_mark brand brands brand_name logo djki | marchio marchi logo | merek brandnya
biz.copyright: copyright* | diritto_d_autore diritti_d_autore copyright | hak_cipta
biz.patent: patent* | brevett* | paten
biz.class: class classes | classe classi | kelas
biz.deed: deed deeds articles_of_association | atto atto_costitutivo statut* | akta
biz.notary: notary notaries ppat | nota* | notaris ppatnya
biz.lawyer: lawyer* attorney* law_firm | avvocat* legale_rappresentante | pengacara kuasa_hukum advokat
biz.court: court lawsuit sue sued suing | tribunal* causa_legale giudic* | pengadilan gugat gugatan sidang
biz.bankrupt: bankrupt* insolven* | fallit* falliment* insolven* | pailit bangkrut kepailitan
biz.audit: audit audits audited | revision* verifica_fiscale controllo_fiscale | pemeriksaan_pajak audit
biz.invoice: invoice* | fattur* | faktur invoice tagihan
biz.revenue: turnover revenue sales | fatturat* incass* vendite ricavi | omset omzet pendapatan_usaha
  penjualan
biz.profit: profit profits earnings | util* guadagn* profitt* | laba keuntungan untung
biz.contract: contract contracts agreement* | contratt* accord* scrittura_privata | kontrak perjanjian
biz.partner: business_partner partners | partner_d_affari socio_in_affari | mitra rekan_bisnis
biz.import: import_licence importer api_u api_p | licenza_di_importazione importatore | izin_impor importir
biz.accounting: accountant* bookkeep* accounting | commercialist* contabil* | akuntan pembukuan
biz.loan: loan loans mortgage* borrow* credit | mutu* prestit* credito finanziament* | kpr pinjaman kredit
  utang hutang
tax.npwp: npwp tax_number tax_id tin | codice_fiscale numero_fiscale | nomor_pajak nomor_pokok_wajib_pajak
tax.tax: tax taxes taxed taxation taxable | tass* impost* fiscal* aliquot* tribut* | pajak pajaknya perpajakan
tax.residency: tax_residen* tax_resident 183 183_days | residen*_fiscal* residente_fiscale residenza_fiscale
  183_giorni | subjek_pajak_dalam_negeri spdn penduduk_pajak residen_pajak 183_hari
tax.foreignincome: foreign_income overseas_income income_abroad income_from_abroad foreign_pension
  worldwide_income | reddit*_ester* redditi_dall_estero reddito_estero | penghasilan_luar_negeri
  penghasilan_dari_luar
tax.income: income incomes earn earns earning | reddit* guadagn* | penghasilan penghasilannya income
  pendapatan
tax.pph21: pph_21 pph21 income_tax personal_income_tax pph_orang_pribadi payroll_tax | imposta_sul_reddito
  irpef | pajak_penghasilan pph_pribadi pph
tax.ptkp: ptkp tax_free_amount tax_free tax_free_threshold exempt_amount | soglia_esente no_tax_area |
  penghasilan_tidak_kena_pajak
tax.brackets: bracket* tax_rate* progressive | scaglion* aliquot* | tarif_pajak lapisan_tarif tarif_progresif
tax.corporate: corporate_tax corporate_income_tax company_tax pph_badan | imposta_societaria
  imposte_societarie imposta_sulle_societa ires | pajak_badan pajak_perusahaan
tax.half: 0.5% 0,5% half_percent half_a_percent pp_55 pp55 final_tax | mezzo_per_cento | setengah_persen
  pajak_final
tax.vat: vat ppn value_added | iva | pajak_pertambahan_nilai
tax.pkp: pkp taxable_entrepreneur register_for_vat | registr*_iva | pengusaha_kena_pajak
tax.pbjt: pbjt pb1 pb_1 pbjtnya hotel_tax restaurant_tax | tassa_ristoranti | pajak_restoran pajak_hotel
tax.return: annual_return tax_return tax_returns spt annual_tax file_taxes filing | dichiarazion*
  denuncia_dei_redditi | spt_tahunan sptnya lapor_pajak
tax.coretax: coretax core_tax djp_online efin | | efiling e_filing
tax.dividend: dividend* | dividend* | dividen
tax.withholding: withholding pph_23 pph_26 pph23 pph26 | ritenut* | pemotongan_pajak potongan_pajak
tax.rental: rental_tax pph_4 pph_final tax_on_rent | tassa_sugli_affitti cedolare | pajak_sewa
tax.property: pbb property_tax | tassa_sulla_proprieta imu | pajak_bumi
tax.transfer: bphtb transfer_tax stamp_duty | tassa_di_trasferimento imposta_di_registro tasse_di_passaggio |
  bea_perolehan pajak_pembeli
tax.treaty: tax_treaty double_taxation dtt dgt_form | doppia_imposizione | p3b pajak_berganda tax_treaty
tax.crypto: crypto* bitcoin | cript* | kripto
tax.amnesty: amnesty | condono | pengampunan_pajak
tax.overpaid: overpaid overpayment tax_refund | credito_d_imposta | lebih_bayar restitusi
work.rptka: rptka | |
work.dkptka: dkptka dkp_tka dkp_fund usd_100 skill_levy foreign_worker_fee foreign_worker_levy
  foreign_worker_fund | contributo_lavorator* tassa_straniero | retribusi_tenaga_asing iuran_tka dana_tka
work.foreignworker: foreign_worker* foreign_employee* foreign_staff tka | lavorator*_stranier*
  dipendent*_stranier* | tenaga_kerja_asing tenaga_asing karyawan_asing pekerja_asing
work.work: work works worked working job jobs employment | lavor* impieg* | kerja bekerja pekerjaan pekerja
work.staff: employee* staff worker workers personnel hire hiring hired recruit* employ employs | dipendent*
  personale assum* collaborator* | karyawan pegawai staf merekrut rekrut pekerja_lokal
work.localstaff: local_staff local_employee* indonesian_staff indonesian_employee* | personale_indonesiano
  personale_locale dipendente_indonesiano | karyawan_lokal pegawai_lokal
work.employer: employer* boss | dator* capo | majikan bos atasan pemberi_kerja
work.salary: salary salaries wage wages pay_slip payroll | stipend* salari* retribuzion* paga busta_paga |
  gaji gajinya upah
work.minwage: minimum_wage umk umr ump | salario_minimo stipendio_minimo | upah_minimum gaji_minimum
work.thr: thr holiday_allowance religious_holiday | tredicesima | tunjangan_hari_raya
work.bpjstk: bpjs_ketenagakerjaan jht jkk jkm | | jaminan_hari_tua
work.severance: severance | tfr liquidazione_del_dipendente buonuscita | pesangon
work.pkwt: pkwt fixed_term | tempo_determinato | kontrak_kerja
work.overtime: overtime | straordinari* | lembur
work.fired: fired laid_off dismissed terminated | licenzi* | dipecat phk dipecatnya diputus
work.resign: resign* quit leave_my_job leaving_my_job | dimission* dimett* lascio_il_lavoro | resign
  mengundurkan_diri berhenti_kerja
work.volunteer: volunteer* | volontariato volontario volontari | volunteer relawan sukarelawan
work.intern: intern interns internship* | stage stagist* tirocin* | magang
work.freelance: freelance* self_employed | freelance* libero_professionista partita_iva | freelance*
  pekerja_lepas
work.illegal: illegal illegally unlicensed undocumented | illegal* abusiv* in_nero | ilegal gelap tanpa_izin
work.training: training training_fund | formazion* corso corsi | pelatihan kursus
work.domestic: maid nanny housekeeper cleaner gardener babysitter baby_sitter | colf badant* tata domestic*
  cameriera giardinier* | pembantu art pengasuh tukang_kebun
"""
