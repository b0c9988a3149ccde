"""How text tries to steer an assistant: patterns over folded text without accents, never what a person is like."""

HIJACK = (
    r"ignore\s+(?:all|any|every\w*|the|these|those|this|your|my|previous|prior|earlier|above|what)",
    r"disregard",
    r"forget\s+(?:all|your|the|every\w*|previous|prior|any)\s+\w+",
    r"(?:system|developer)\s+(?:prompt|message|instruction\w*)",
    r"you\s+are\s+now",
    r"(?:act|behave)\s+(?:as|like)",
    r"pretend\s+(?:to|that|you)",
    r"override",
    r"jailbreak\w*",
    r"new\s+(?:rules?|instructions?|polic(?:y|ies))",
    r"ignora(?:te|re)?\s+(?:tutt\w+|le|i|gli|il|la|ogni|qualsiasi|quell\w+|quanto|queste?|questi|precedent\w+)",
    r"dimentica(?:te|re)?\s+(?:le|i|tutt\w+|ogni|quell\w+)\s+\w+",
    r"(?:fai|fate)\s+finta",
    r"fingi(?:ti)?",
    r"comporta(?:ti|tevi)\s+come",
    r"(?:ora|adesso)\s+(?:tu\s+)?sei",
    r"istruzioni\s+(?:di\s+sistema|precedenti|nuove)",
    r"nuov[ae]\s+(?:regol\w+|istruzion\w+)",
    r"abaikan",
    r"lupakan\s+(?:semua|instruksi|aturan|perintah)",
    r"(?:ber)?pura-?pura(?:lah)?",
    r"berperan(?:lah)?\s+sebagai",
    r"bertindak(?:lah)?\s+(?:sebagai|seolah\w*)",
    r"(?:kamu|anda|kau)\s+sekarang\s+(?:adalah|menjadi|jadi)",
    r"(?:instruksi|perintah|prompt|pesan)\s+sistem",
    r"aturan\s+baru",
    r"(?:system|assistant|developer|tool)\s*:",
    r"</?[a-z][\w-]*[\s>]",
    r"data-[0-9a-f]{8}",
)
"""Attempts to change who speaks or what rules hold."""

ENTITLEMENT = (
    (
        r"(?:free|gratis|gratuit\w+|waived|discount\w*|scont\w+|diskon\w*|half\s+price)\b.{0,40}\b"
        r"(?:for\s+(?:me|us)|to\s+me|per\s+(?:me|noi)|a\s+me|(?:untuk|buat|bagi)\s+(?:saya|aku|kami))"
    ),
    (
        r"(?:prices?|fees?|costs?|services?|visas?|everything)\s+(?:is|are|should\s+be|must\s+be)\s+"
        r"(?:always\s+)?(?:free|zero|waived|0)"
    ),
    (
        r"(?:prezz\w+|tariff\w+|cost\w+|servizi\w*|tutto)\s+(?:e|sono|deve\s+essere|devono\s+essere)\s+"
        r"(?:sempre\s+)?(?:gratis|gratuit\w+|zero)"
    ),
    (
        r"(?:harga\w*|biaya\w*|layanan\w*|tarif\w*|semua\w*)\s+(?:adalah\s+|itu\s+|harus\s+|selalu\s+)*"
        r"(?:gratis|nol|cuma-cuma)"
    ),
    r"(?:never|do\s+not|don't)\s+(?:ever\s+)?(?:charge|bill|invoice)\s+(?:me|us)",
    r"non\s+(?:farmi|fatemi|mi\s+fate|devi\s+farmi)\s+(?:mai\s+)?pagare",
    r"non\s+(?:devo|dobbiamo)\s+(?:mai\s+)?pagare",
    r"(?:jangan|tidak\s+usah|tidak\s+perlu|ga\s+usah|gak\s+usah)\s+(?:pernah\s+)?(?:tagih|menagih|minta\s+bayar|bayar)",
    r"always\s+(?:approve|accept|agree|grant)",
    r"(?:approva|accetta|concedi)(?:te)?\s+sempre",
    r"selalu\s+(?:setujui|terima|kabulkan)",
    r"i(?:'m|\s+am)\s+(?:an?\s+|the\s+|your\s+)?(?:admin\w*|vip|developer\s+of\s+this|boss\s+of\s+zantara)",
    r"sono\s+(?:un\s+|l')?(?:admin|vip|amministrator\w+\s+(?:di|del)\s+sistema)",
    r"saya\s+(?:adalah\s+)?(?:admin|vip|pemilik\s+sistem)",
    r"(?:already|pre-?)\s*approved",
    r"(?:gia|pre)\s*approvat[oaie]",
    r"sudah\s+disetujui\s+(?:semua|untuk\s+saya)",
)
"""Claims to prices, powers or approvals: memory never changes those."""

COMMAND = (
    r"remember\s+(?:that|this|to|always|:)",
    r"keep\s+in\s+mind",
    r"(?:take\s+)?note\s+(?:that|down)",
    r"from\s+now\s+on",
    r"you\s+(?:must|have\s+to|need\s+to|should\s+always|will\s+always|shall)",
    r"always\s+(?:say|answer|reply|tell|give|treat|use|call|write|recommend)",
    r"never\s+(?:say|tell|mention|ask|answer|refuse)",
    r"treat\s+(?:me|us)",
    r"(?:save|store|write)\s+(?:this|that|it)\s+(?:in|to|into)",
    r"ricorda(?:ti|te|tevi)?\s+(?:che|di|sempre)",
    r"(?:tieni|tenete|tenga)\s+(?:a\s+mente|presente)",
    r"d'ora\s+in\s+(?:poi|avanti)",
    r"(?:devi|dovete|deve)\s+(?:sempre|mai|dire|dirmi|darmi|trattarmi|rispondere|rispondermi)",
    r"trat(?:tami|tatemi)",
    r"(?:rispondi|rispondimi|di'|dimmi|scrivi|usa|consiglia)\s+sempre",
    r"non\s+(?:dire|dirmi|chiedere|chiedermi|rispondere)\s+mai",
    r"memorizza\w*",
    r"salva(?:lo|te)?\s+(?:che|in|nella|questo)",
    r"ingat(?:lah|kan)?,?\s+(?:bahwa|kalau|selalu|ya|ini)",
    r"(?:tolong\s+)?catat(?:lah)?\s+(?:bahwa|kalau)",
    r"mulai\s+sekarang",
    r"(?:kamu|anda|kau)\s+(?:harus|wajib|mesti)",
    r"selalu\s+(?:jawab|beri\w*|bilang|katakan|panggil|tulis|rekomendasikan)",
    r"jangan\s+pernah",
    r"perlakukan\s+(?:saya|aku|kami)",
    r"anggap(?:lah)?\s+(?:saya|aku|kami)",
    r"simpan\s+(?:bahwa|ini|di)",
)
"""Orders to the assistant; allowed only where how we talk to the person is the fact."""
