"""What is done or has happened: concept, then the words in English | Italian | Indonesian.

`act.*` is an action that the question is about, `event.*` something that has gone wrong or changed for one person.
"""

WORDS = """
act.extend: extend* extens* extent* prolong* renew* lengthen | prorog* rinnov* estend* estens* prolung*
  allung* | perpanjang* memperpanjang diperpanjang extend perpanjangan
act.open: open opening opens set_up setup setting_up establish* incorporat* found founding start_a_company |
  apro apri apre aprire apriamo aprono aprendo apert* costitui* fondare avviare | buka membuka mendirikan
  pendirian dirikan bikin_pt bikin_pma
act.close: close closing closed liquidat* wind_up winding_up dissolve shut shut_down | chius* chiud* liquid*
  sciogl* cessa* | tutup menutup penutupan likuidasi melikuidasi bubar pembubaran ditutup
act.buy: buy buying bought purchas* | compro compra comprare compri comprato comprando compriamo comprarl*
  acquist* | beli membeli pembelian dibeli
act.sell: sell selling sold sale_of | vend* vendut* cession* ceder* | jual menjual dijual penjualan_saham
act.change: change changed changing changes replace* amend* | cambi* modific* sostitui* variazion* | ganti
  mengganti ubah mengubah perubahan diganti berubah
act.move: move moving moved relocat* | trasfer* trasloc* spostar* | pindah kepindahan
act.register: register* registration registering sign_up enrol* | registr* iscri* | daftar mendaftar*
  pendaftaran terdaftar registrasi didaftarkan
act.report: report reports reporting notify declare declaration | comunic* segnal* denunci* dichiar* notific*
  | lapor melapor* laporan dilapor*
act.apply: apply applying application applications submit* request | richiest* richied* presentar*
  fare_domanda domanda_di | ajukan mengajukan pengajuan permohonan mohon
act.travel: travel* trip trips abroad overseas go_out_of leave_the_country | viaggi* all_estero estero |
  keluar_negeri luar_negeri bepergian perjalanan liburan pulang_kampung
act.leave: leave leaving depart exit go_home going_home for_good | lasci* andarmene andar_via partir* partenza
  torno_in torno_a per_sempre uscire esco | pulang pergi keluar_dari keluar_indonesia keluar_indo keluar_bali
  meninggalkan selamanya
act.out: get_out | | keluar
act.enter: enter entering entry land_in landing_in arrive arriving arrival landing | entrar* arriv* atterr*
  ingress* | masuk tiba kedatangan mendarat
act.lose: lost lose losing missing | perso persa persi perse perdut* smarri* perdo perdere | hilang kehilangan
act.steal: stolen stole theft robbed thief | rubat* furt* rubar* | dicuri curi pencurian dirampas
act.pay: pay pays paying paid payment payable | pago paga pagare paghi pagato pagata pagano paghiamo pagamento
  pagando versa* | bayar membayar pembayaran dibayar bayarnya
act.deduct: deduct* taken_from take_from | trattener* togliere detra* deduc* | potong dipotong memotong
  potongan
act.bring: bring bringing take_along | porto porta portare portarl* portato portano porti | bawa membawa
  dibawa
act.import: import importing imports | importar* importazion* | impor mengimpor
act.export: export* | esport* | ekspor
act.ride: ride riding | guid* | naik_motor mengendarai berkendara
act.drive: drive driving | guidar* | menyetir nyetir mengemudi
act.choose: choose choosing pick | scegl* scelt* | pilih memilih
act.check: check checking verify checks look_up | controll* verific* | cek mengecek periksa dicek
act.sign: sign signing signed signature | firma firmo firmare firmato firmata firmiamo sottoscri* |
  tanda_tangan menandatangani ttd
act.hold: hold holds holding keep | tener* detener* tiene | pegang memegang
act.add: add adding include | aggiung* includ* | tambah menambah nambah
act.combine: combine together our_incomes add_up | sommar* insieme | digabung gabung bersama
act.build: renovate renovation | ristruttur* | renovasi
act.postpone: postpone* more_time extra_time more_month* more_day* more_week* two_more grace_period | rinvi*
  posticip* piu_tempo altri_due | tunda menunda penundaan tambahan_waktu
act.teach: teach* yoga_teacher | insegn* | mengajar ngajar guru
act.sellgoods: sell_goods merchandise shop store | negozio merce | toko barang dagangan
act.vote: vote voting election* | vot* elezion* | memilih_presiden pemilu mencoblos
act.bequeath: die dies died death dead dying | morte morto morta muore morire decess* | meninggal wafat
  kematian
act.withdraw: withdraw* take_out | preliev* ritir* | tarik menarik_uang dicairkan cairkan pencairan
act.advertise: marketing advertis* promote promotion bookings | pubblicita marketing prenotazioni promuover* |
  promosi iklan pemasaran
act.complain: complain* complaint | reclam* lament* | keluhan komplain mengadu pengaduan
event.refused: refused reject* denied turned_down declined refuses refuse | rifiut* respint* negat* bocciat*
  diniegat* | ditolak tolak penolakan menolak tidak_disetujui nolak
event.revoked: revoke* cancelled cancel canceled cancelling cancellation annul* void | revoc* annull* cancell*
  | dicabut cabut dibatalkan batal pembatalan hangus membatalkan
event.expired: expired expires expire expiring lapse* run_out runs_out ran_out | scad* | kedaluwarsa
  kadaluarsa berakhir habis_masa sudah_habis habis_berlaku masa_berlaku_habis
event.blocked: blocked frozen block stuck suspended | bloccat* sospes* congelat* | diblokir blokir terblokir
  dibekukan ditangguhkan tersangkut
event.seized: seized confiscat* taken_away sealed raided raid | sequestr* confisc* sigill* | disita sita
  disegel
event.caught: caught arrested stopped_by | beccat* arrestat* fermat* | ketahuan ditangkap tertangkap
event.cheated: scam scammed cheated fraud stole_my_money ran_away | truff* imbrogli* raggir* | penipuan ditipu
  tipu
event.mistake: mistake wrong error_in typo by_accident | sbagliat* errore_nel per_sbaglio | salah keliru
  kesalahan tidak_sengaja nggak_sengaja
event.late: late delayed overdue forgot forgotten missed skipped | ritard* dimentic* saltat* scordat* | telat
  terlambat lupa keterlambatan
event.urgent: urgent emergency asap | urgent* emergenza | darurat mendesak
event.dispute: disagree dispute* conflict argue deadlock | disaccord* lite liti litig* controversi* conflitt*
  | sengketa berselisih konflik marah
event.broken: error crash crashes bug not_loading does_not_load wont_load password login otp | errore bug
  password accesso_al_portale non_carica | error eror gagal macet login kata_sandi password
event.damage: damage* broke broken | dann* rott* rovinat* | rusak merusak kerusakan
event.sick: sick ill illness asthma injured hurt | malat* ferit* | sakit cedera
"""
