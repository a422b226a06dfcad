use super::*;
use proptest::prelude::*;

/// Words and the roots that the rules of the grammar give; one rule a paragraph.
const STEMS: &str = "
memukul pukul, memotong potong, memakai pakai, memilih pilih, memeriksa periksa, pemukul pukul, pemakaian pakai,
pemilihan pilih, pemotongan potong, pemulihan pulih, memasarkan pasar, pemasaran pasar, memahami paham,
membaca baca, membeli beli, membantu bantu, pembeli beli, pembayaran bayar, pembinaan bina, memfasilitasi fasilitasi,
memproses proses, memvaksin vaksin, memproduksi produksi,

menulis tulis, menanam tanam, menarik tarik, menabung tabung, menerima terima, menunggu tunggu, penulis tulis,
penerima terima, penanaman tanam, penurunan turun, penularan tular, menangani tangan, penerbitan terbit,
mencari cari, mencegah cegah, mencatat catat, pencegahan cegah, pencatatan catat, mendaftar daftar, menjaga jaga,
mendampingi damping, pendaftaran daftar, pendampingan damping, penjual jual, pendidikan didik, menjemput jemput,

menyapu sapu, menyiapkan siap, menyewa sewa, menyusun susun, penyusunan susun, penyuluhan suluh,
penyelenggaraan selenggara, menyederhanakan sederhana, penyederhanaan sederhana, menyanyi nyanyi, menyalurkan salur,

mengirim kirim, mengelola kelola, mengurangi kurang, mengunjungi kunjung, pengiriman kirim, pengelolaan kelola,
pengembangan kembang, mengembalikan kembali, pengunjung kunjung, mengumpulkan kumpul,
mengambil ambil, mengolah olah, mengurus urus, mengubah ubah, mengantar antar, pengurusan urus, pengobatan obat,
pengolahan olah, pengawasan awas, pengaduan adu, mengikuti ikut, pengukuran ukur, mengatasi atas, mengirimkan kirim,
menggali gali, menghitung hitung, menggunakan guna, penghasilan hasil, penggunaan guna, penghuni huni,
mengkritik kritik,
mengecat cat, mengecek cek, pengecekan cek,

melatih latih, melaut laut, melayani layan, melapor lapor, pelatihan latih, pelayanan layan, pelaporan lapor,
merawat rawat, merekam rekam, perawatan rawat, perekaman rekam, perencanaan rencana, merugi rugi, mewujudkan wujud,
memasak masak, meminta minta, memuat muat, memulai mulai, memiliki milik, pemilik milik, menikah nikah, menilai nilai,
penilaian nilai, meyakinkan yakin,

petani tani, peternak ternak, pekerja kerja, pedagang dagang, peserta peserta, petambak tambak, pekerjaan kerja,

bekerja kerja, beternak ternak, berenang renang, berobat obat, berjualan jual, bergizi gizi, bersekolah sekolah,
berkelanjutan lanjut, berdaya daya, belajar ajar, pelajar ajar, pembelajaran ajar, pelajaran ajar,

terpadu padu, terdaftar daftar, terlatih latih, terintegrasi integrasi, terasa rasa, terjangkau jangkau, tercatat catat,
terbaik baik, tersedia sedia, terlambat lambat,

dipasung pasung, dilayani layan, dikelola kelola, disalurkan salur, diperkuat kuat, diketahui tahu, mengetahui tahu,
dikembangkan kembang, direplikasi replikasi, diberdayakan daya,

sehari hari, seminggu minggu, setahun tahun, sebanyak banyak, sepertiga tiga,

kesehatan sehat, kemiskinan miskin, keuangan uang, kehamilan hamil, kematian mati, kebersihan bersih, keamanan aman,
kementerian menteri, kependudukan penduduk, ketahanan tahan, ketersediaan sedia, keterampilan terampil,
keberlanjutan lanjut, kepemilikan milik, kepemimpinan pimpin, kesejahteraan sejahtera, kelahiran lahir,
keterbukaan buka,

pertanian tani, perikanan ikan, perumahan rumah, perizinan izin, perlindungan lindung, perpustakaan pustaka,
peternakan ternak, perkebunan kebun, perpanjangan panjang, perbaikan baik, pernikahan nikah, perdagangan dagang,
memperbaiki baik, mempercepat cepat, mempermudah mudah, pemberdayaan daya, pemberian beri, memberikan beri,
berikan beri,

layanan layan, bantuan bantu, laporan lapor, makanan makan, tanaman tanam, tumpukan tumpuk, temuan temu, catatan catat,
produknya produk, biayanya biaya, rumahku rumah, bantulah bantu, kesehatannya sehat, layanannya layan,
digitalisasi digital, optimalisasi optimal, sosialisasi sosialisasi, permukiman mukim,
keuangannya uang, pelayanannyalah layan, antrian antre, antrean antre,

beruang beruang, menteri menteri, pemerintah pemerintah, pemerintahan pemerintah, sekolah sekolah, selatan selatan,
penduduk penduduk, masyarakat masyarakat, puskesmas puskesmas, perempuan perempuan, keluarga keluarga, kelas kelas,
kepala kepala, kecamatan kecamatan, terapi terapi, ternak ternak, perahu perahu, percaya percaya, kepercayaan percaya,
berita berita, berkas berkas, beras beras, perangkat perangkat, pegawai pegawai, kepegawaian pegawai, penyakit penyakit,
pengadilan pengadilan, persalinan bersalin, bersalin bersalin, bekasi bekasi, sidoarjo sidoarjo, dinas dinas, ikan ikan,
jalan jalan, hutan hutan, bidan bidan, masalah masalah, nikah nikah, buku buku, jamu jamu, bupati bupati, polisi polisi,
kepolisian polisi, stunting stunting, daring daring, gaspol gaspol, xyzan xyzan, 2019 2019, covid19 covid19,

services service, planning plan, cities citi, training train, licensed licens, status status, travis travis";

#[test]
fn words_lead_to_their_roots() {
    let analyzer = Analyzer::standard();
    let (mut pairs, mut wrong) = (0, Vec::new());
    for pair in STEMS.split(',') {
        let (word, root) = pair.trim().split_once(' ').unwrap();
        pairs += 1;
        let stem = analyzer.stem(word);
        if stem != root {
            wrong.push(format!("{word}: {stem}, not {root}"));
        }
    }
    assert!(pairs >= 150, "{pairs} pairs");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_data_files_are_in_order() {
    for (file, least) in [(ROOTS, 1500), (STOP_WORDS_ID, 200), (STOP_WORDS_EN, 100)] {
        assert!(file.starts_with("# ") && file.lines().next().unwrap().contains("version 1"));
        let lines: Vec<&str> = data_lines(file).collect();
        assert!(lines.len() >= least, "{} lines", lines.len());
        assert!(lines.is_sorted_by(|a, b| a < b), "sorted, each once");
        assert!(lines.iter().all(|line| *line == fold(line)), "folded");
    }
    let analyzer = Analyzer::standard();
    // The stem of a stem is itself: no entry points to a word that points elsewhere.
    assert!(analyzer.roots.values().all(|root| analyzer.roots.get(root) == Some(root)));
}

#[test]
fn tokens_keep_the_word_and_its_term() {
    let analyzer = Analyzer::standard();
    let terms = |text: &str| analyzer.tokens(text).into_iter().map(|token| token.term).collect::<Vec<_>>();
    assert_eq!(terms("Anak-anak di Kab. Banyuwangi (GASPOL-12)"), ["anak", "kab", "banyuwangi", "gaspol", "12"]);
    assert_eq!(terms("Salat Jum’at & Jum'at"), ["salat", "jumat", "jumat"]);
    assert_eq!(terms("e-KTP"), ["e", "ktp"]);
    assert_eq!(terms("perundang-undangan"), ["undang"]);
    assert_eq!(terms("yang dan di the of"), [""; 0]);
    assert_eq!(terms("ＫＴＰ Café 東京"), ["ktp", "cafe", "東京"]);
    assert_eq!(terms(&"a".repeat(500)).concat().len(), MAX_WORD_BYTES);
    assert_eq!(terms(&"東".repeat(100)).concat().len(), MAX_WORD_BYTES - 1);
}

#[test]
fn the_fingerprint_tells_lists_apart_and_not_their_order() {
    let with = |roots: &[&str], stop: &[&str]| {
        let mut builder = Analyzer::builder();
        builder.add_roots(roots).add_stop_words(stop);
        builder.build().fingerprint()
    };
    assert_eq!(with(&[], &[]), Analyzer::standard().fingerprint());
    assert_eq!(with(&["abcx", "abcy"], &[]), with(&["abcy", "abcx"], &[]));
    assert_ne!(with(&["abcx"], &[]), with(&[], &["abcx"]));
    let shared = |_: &(dyn Send + Sync)| ();
    shared(&Analyzer::standard());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn any_text_is_taken_apart_as_if_folded(text in "[ -~é’＇ＫＴ東ﬁ½]{0,60}") {
        let words = |text: &str| {
            let mut words = Vec::new();
            for_each_word(text, &mut String::new(), |word, _| words.push(word.to_owned()));
            words
        };
        prop_assert_eq!(words(&text), words(&fold(&text)));
    }

    #[test]
    fn any_word_has_a_stem(word in "(me|pe|ber|ke|di){0,3}[a-z]{0,9}(an|kan|i|nya|ed|ing|s){0,3}") {
        static SHARED: std::sync::OnceLock<Analyzer> = std::sync::OnceLock::new();
        let analyzer = SHARED.get_or_init(Analyzer::standard);
        prop_assert!(word.is_empty() || !analyzer.stem(&word).is_empty());
    }
}
