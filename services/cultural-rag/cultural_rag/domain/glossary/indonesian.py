"""Indonesian words of the trade and of everyday questions, chat spellings too, with the English of the documents.

One entry a line: keys (words or short phrases, commas between) `>` English readings, the likeliest first.
"""

ENTRIES = """
visa > visa
visa kunjungan > visit visa
visa saat kedatangan, visa kedatangan > visa on arrival | voa
visa turis, visa wisata > tourist visa | visit visa
visa kerja, kitas kerja > work visa | working kitas
visa bisnis > business visa
pekerja jarak jauh, kerja jarak jauh, kerja remote, kerja dari rumah, kerja online > remote worker | remote work
nomad digital, digital nomad > digital nomad | remote worker
jarak jauh > remote
izin, ijin, perizinan > permit | licence
izin tinggal, ijin tinggal > stay permit
izin tinggal tetap > permanent stay permit | kitap
izin tinggal terbatas > limited stay permit | kitas
izin kerja, ijin kerja > work permit | rptka
izin usaha, ijin usaha > business licence
izin masuk kembali > re-entry permit
izin keluar, keluar selamanya, pulang selamanya, pulang habis > exit permit | epo | for good
izin bangunan, izin mendirikan bangunan > building permit | pbg
tinggal, menetap > stay | live
masa tinggal > length of stay
masa berlaku, berlaku, sisa masa > validity | valid | last
penduduk, domisili, domicile > resident | residence
penduduk pajak, wajib pajak > tax resident | taxpayer
batas, batas waktu, tenggat, jatuh tempo, paling lambat > deadline | due | limit
habis, kadaluarsa, kedaluwarsa, kadaluwarsa, expired > expire | expired
lewat, kelewat, kelewatan, telat, terlambat > late | overstay
melebihi, lebih, kelebihan > exceed | overstay
perpanjang, memperpanjang, diperpanjang, perpanjangan > extend | extension | renew
memperbarui, perbarui, pembaruan > renew
alih status, alih, konversi, ubah, mengubah, berubah > convert | conversion | switch
ganti, mengganti, diganti, penggantian > change | replace
masuk > enter | entry
sekali masuk > single entry
berkali-kali masuk > multiple entry
keluar > leave | exit
keluar negeri, ke luar negeri, luar negeri > abroad | foreign
kembali, balik, pulang > return | come back | re-entry
berangkat, pergi > leave | travel
bepergian, perjalanan, jalan > travel | trip
pesawat, penerbangan, tiket > flight | ticket
bandara > airport
bea cukai, cukai > customs
paspor > passport
hilang, kehilangan, dicuri > lost | stolen
laporan polisi > police report
orang asing, wna, asing, bule > foreigner | foreign
warga negara, kewarganegaraan > citizen | citizenship
wni > indonesian citizen
pasangan, suami, istri, suami istri > spouse | husband | wife
menikah, nikah, kawin, pernikahan, perkawinan > marriage | married | spouse
cerai, bercerai, perceraian > divorce
meninggal, kematian, wafat > death
anak, anak-anak > child | children | dependent
keluarga > family | dependent
ikut, tanggungan > dependent | join
pacar, tunangan > partner | unmarried
orang tua, orangtua, ibu, ayah, mertua > parents
pensiun, pensiunan, lansia > retirement | retiree
umur, usia > age
tahun > year
tahunan > annual | one-year
bulan > month
bulanan, perbulan, per bulan > monthly
minggu > week
hari > day
jam > hour
hari kerja > working days
lama, durasi > how long | duration
berapa lama > how long | duration | processing time
berapa hari > how many days
berapa biaya, biaya, ongkos, tarif > cost | fee
berapa harga, harga > price | cost
berapa > how much | how many
berapa kali > how many times
bayar, membayar, dibayar, pembayaran > pay | payment
gratis > free
pengembalian, refund > refund
uang, duit > money | funds
dana > funds | money
tabungan, simpanan > savings | deposit
deposito, jaminan > deposit
penghasilan, pendapatan, income > income
penghasilan luar negeri > foreign income
gaji, upah > salary | wage
upah minimum, gaji minimum, umk, ump, umr > minimum wage
rekening, bank > bank account | bank
rekening koran > bank statement
buka rekening > open bank account
kirim uang, transfer > transfer
tunai, tarik > cash | withdraw
rupiah > rupiah | idr
dolar > dollars | usd
juta, jt > million
miliar, milyar, m > billion
nilai > value
minimal, minimum, paling sedikit > minimum
maksimal, maksimum > maximum | limit
ambang > threshold
modal > capital
modal minimal, modal minimum > minimum capital
modal disetor, setor, disetor, setoran > paid-up capital | deposit
investasi, penanaman modal, menanam > invest | investment
investor, penanam modal > investor
pemegang saham > shareholder
saham > shares
direksi, direktur > director | board
komisaris > commissioner
perusahaan, pt, badan usaha > company
perorangan, pribadi, orang pribadi > personal | individual
badan > corporate | company
mendirikan, dirikan, pendirian, bikin pt, buka pt, membuka perusahaan > set up | establish | open company
buka, membuka > open
tutup, menutup, pembubaran, bubar, likuidasi, melikuidasi, membubarkan > close | liquidate | liquidation
akta > deed
notaris > notary
alamat > address
kantor > office
kantor virtual, virtual office > virtual office
kode > code
bidang, bidang usaha, sektor, jenis usaha > business | sector
usaha, bisnis > business
tertutup, dilarang, larangan, gak boleh > closed | prohibited | forbidden
terbuka > open
lisensi > licence
restoran, rumah makan, warung, kafe, cafe, bar > restaurant | cafe
minuman beralkohol, alkohol, miras, bir, minol > alcohol
higiene, laik, sanitasi > hygiene | sanitation
makanan > food
halal > halal
merek, brand, merk > trademark | brand
daftar, mendaftar, mendaftarkan, pendaftaran, didaftarkan > register | registration
perlindungan, dilindungi > protection
pinjam nama, atas nama, nominee > nominee | in the name of
teman > friend
risiko, resiko, bahaya > risk
penipuan, ditipu, tipu > scam | fraud
legal, sah, resmi > legal | official
ilegal, tanpa izin > illegal | without permit
hukum, undang-undang, peraturan, aturan > law | regulation | rules
kontrak, perjanjian > contract | agreement
tanda tangan, ttd, menandatangani > sign | signing
pengacara > lawyer
cek, dicek, periksa, pemeriksaan > check | inspection
razia, sidak > raid | inspection
pajak > tax
pajak badan > corporate tax
pajak penghasilan > income tax
pph > income tax
ppn > vat
pungutan, retribusi, iuran > levy | contribution
pungutan wisatawan > tourist levy
tarif pajak > tax rates
lapis, lapisan > brackets | rates
persen > percent
faktur > invoice
omzet, omset, peredaran bruto > turnover
spt, spt tahunan, lapor pajak > tax return
lapor, melapor, dilapor, laporan, pelaporan, lapor diri > report | file
sanksi, denda, hukuman, dendanya > fine | penalty
dideportasi, deportasi, usir, diusir > deportation
cekal, daftar hitam, tangkal, blacklist > blacklist | ban
penjara, ditahan, penahanan > prison | detention
pajak berganda, p3b > double taxation | treaty
nomor pajak > tax number | npwp
potongan, ptkp, pengurangan > allowance | deduction
dividen > dividends
laba, untung, keuntungan > profit
rugi > loss
dipotong, potong, pemotongan > withholding
warisan, waris, ahli waris > inheritance
tanah, lahan > land
rumah > house | home
apartemen > apartment
vila, villa > villa
properti > property
hak milik, shm > freehold | hak milik
hak pakai > hak pakai | right to use
hak guna bangunan, hgb > hgb | right to build
beli, membeli, pembelian, pembeli > buy | purchase | buyer
jual, menjual, penjual, dijual > sell | seller
sewa, menyewa, disewa > lease | rent
sewa panjang, sewa jangka panjang, jangka panjang > leasehold | long lease
menyewakan, disewakan, sewakan > rent out | rental
sewa harian, harian > short rental | daily
penyewa > tenant
pemilik > owner
membangun, bangun, bangunan, pembangunan, renovasi > build | building
zonasi, zona, tata ruang, jalur hijau > zoning | zone
sertifikat, sertipikat > certificate
bpn > land office
uang muka, dp > deposit | advance payment
agen, calo > agent
kerja, bekerja > work
pekerjaan > job | work
tka, tenaga kerja asing > foreign worker
karyawan, pegawai, staf, buruh, pekerja > employee | staff | worker
karyawan lokal, tenaga lokal > local staff
merekrut, rekrut, pekerjakan, mempekerjakan, gajian > hire | hiring
phk, pecat, dipecat, pesangon > dismissal | severance
berhenti, resign, berhenti kerja > resign | leave job | stop
pindah kerja, pindah perusahaan, ganti sponsor > change employer | change sponsor
pindah > move
majikan, pemberi kerja > employer
magang > internship
relawan, sukarelawan > volunteer
tunjangan hari raya, thr > thr | holiday allowance
tunjangan > allowance
cuti, libur > leave | holiday
sakit > sickness
asuransi > insurance
asuransi kesehatan, kesehatan > health insurance | health
asuransi swasta, swasta > private insurance
rumah sakit, klinik, dokter, berobat > hospital | doctor
vaksin, vaksinasi > vaccine | vaccination
kecelakaan > accident
sim, surat izin mengemudi > driving licence
sim internasional > international driving permit
mengemudi, nyetir, menyetir, berkendara, naik motor, bawa motor > drive | ride
motor, sepeda motor > motorbike | scooter
mobil > car
helm > helmet
polisi, tilang, ditilang > police | fine
anjing, kucing, hewan, peliharaan, hewan peliharaan > dog | cat | pet
karantina > quarantine
rabies > rabies
bawa, membawa, dibawa, impor > bring | import
syarat, persyaratan, ketentuan, kriteria > requirements | conditions
perlu, butuh, membutuhkan, dibutuhkan, diperlukan, harus > need | must | required
wajib > mandatory | must
dokumen, dokumennya, berkas, surat, surat-surat, kelengkapan > documents | papers
formulir > form
permohonan, mengajukan, ajukan, pengajuan > application | apply
urus, mengurus, pengurusan, ngurus > arrange | apply | process
buat, membuat, bikin > make | get
dapat, mendapat, mendapatkan, dapet, memperoleh > get | obtain
cara, bagaimana, gimana, gmn, caranya, bagaimana cara > how to | how
prosedur, proses, langkah, tahap, alur > procedure | steps | process
langkah demi langkah > step by step
apa itu, arti, artinya, maksud, maksudnya > what is | meaning
apa > what
beda, bedanya, perbedaan, mending, lebih baik > difference | compare | better
boleh, bolehkah, bisa, bisakah, dapatkah > can | allowed
tidak boleh, nggak boleh, ga boleh, gak bisa, tidak bisa > cannot | forbidden
diizinkan > allowed
kapan > when
di mana, dimana > where
siapa > who
kenapa, mengapa > why
yang mana > which
akibat, akibatnya, konsekuensi > consequence | penalty
penjamin, sponsor > sponsor | guarantor
undangan > invitation
foto > photo
sidik jari, biometrik > fingerprints | biometrics
datang langsung, datang sendiri > in person
daring, online > online
imigrasi > immigration
kedutaan, konsulat > embassy | consulate
dukcapil, catatan sipil, disdukcapil > civil registry | dukcapil
kedatangan, tiba, sampai > arrival
rapat, pertemuan, meeting > meeting
rapat bisnis > business meetings
acara, pameran > event
pemasok > supplier
turis, wisatawan, wisata, pariwisata, pelancong > tourist | tourism
bebas, dikecualikan, pengecualian > exempt | exemption
pulau > island
pura > temple
upacara > ceremony
sesajen, canang, banten > offerings | canang sari
menghina, sopan, bersikap, perilaku, sikap > behave | respect
pakaian, baju > clothing | dress
tetangga, lingkungan > neighbours | neighbourhood
desa, desa adat, banjar > village | banjar
hari raya, lebaran > holiday | festival
budaya, adat > culture | customs
lampu, listrik > light | electricity
sekolah, kuliah, belajar, pelajar, mahasiswa > school | student | study
pengusaha, pendiri > founder | entrepreneur
klien, pelanggan > client
konten, kreator > content creator
mengajar, ngajar, guru > teach | teacher
kaya > wealthy
terjemahan, penerjemah, tersumpah > translation | sworn translator
lahir, kelahiran, bayi > birth | born
di bawah umur > minor | under 18
lama baru, baru > new
dulu, sebelumnya, mantan > former | previously
sebelum > before
setelah, sesudah, abis > after
tanpa > without
pakai, memakai, pake, menggunakan, gunakan > use | with
punya, memiliki, memegang, pegang > have | hold | own
semua > all
triwulan, kuartal > quarter | quarterly
semester > semester
layanan, jasa > services
penting > important
lokal > local
pertama > first
otomatis > automatic
kena, dikenakan > subject to | charged
selama > during
satu, se > one
dua > two
tiga > three
empat > four
lima > five
sepuluh > ten
setahun > one year
sebulan > one month
sehari > one day
ribu, rb > thousand
brp > how much | how many
thn > year
bln > month
hr > day
krn > because
skrg, sekarang > now
mau, ingin, pengen, pengin > want
mulai > start
apply > apply
cukup > enough
aman > safe
tamu > guest
kamar > room
pilih, memilih > choose
diskon > discount
hutang, pinjaman, kredit > loan
konsultan > consultant
supir, sopir > driver
pabrik > factory
toko, ruko > shop
koki, kepala dapur, masak > cook | chef
kelas, kategori > class | category
nomor > number
taruh, ditaruh, menaruh > place | put | deposit
terbit, diterbitkan > issued
selesai, kelar > finished
wawancara > interview
diterjemahkan, terjemahkan > translated
unggah > upload
terverifikasi > verified
lantai > floor
parkir > parking
lokasi > location
survey, survei > site visit
minta, diminta > ask
isi, diisi, mengisi > fill in
menyalakan, nyala > light | switch on
hening, sepi > silence
menginap > overnight | stay
adopsi > adopt
ketahuan, tertangkap, ditangkap > caught | arrested
mutasi > change
pilihan > option
nama > name
bahasa > language
toleransi, masa tenggang > grace period
instansi > authority | agency
pemerintah > government
yayasan > foundation
masalah > problem
bantu, bantuan > help
biasanya > usually
jelaskan > explain
cepat > fast | express
kecil > small
besar > large
bapak > father
kakek, nenek, paman, bibi > family
di rumah > at home
""".strip()
