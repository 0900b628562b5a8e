# ruff: noqa: E501  (one language a line)
"""Words by which `language.py` knows a language and an alarm, and its notice in each. Lower case, without accents.

Small words are those that English does not have. The beginnings of urgent words tell of passing urine, numbness, paralysis, breath and
swallowing: more than is urgent, for nobody reads the rest of the sentence (our own choice; no list of this kind is published).
"""

from __future__ import annotations

from collections.abc import Mapping

ENGLISH = frozenset(
    "the and is my i to of have has had with was were are it for not on a an am can cannot but he she his her since in at this that me you "
    "they no when after feel feels been be do does did so or from very left right leg calf foot pain weak".split()
)
SMALL_WORDS: Mapping[str, frozenset[str]] = {
    "es": frozenset(
        "que de el los las una por con para tengo puedo siento esta estoy desde mi muy pero del se es y en la hace pierna piernas cuando".split()
    ),
    "de": frozenset(
        "ich und nicht ist der das ein eine einen mein meine meinem kann habe seit auf mit zu von beim bein beine sehr auch dem mir".split()
    ),
    "fr": frozenset(
        "je ne pas le la les des du un une et est ai mon mes depuis dans avec peux tres qui jambe jambes au suis entre".split()
    ),
    "it": frozenset("non il lo gli che di mia mio ho sono da della nel nelle con piu posso riesco gamba gambe sento le la una ad".split()),
    "pt": frozenset(
        "nao eu meu minha estou com uma um tenho posso consigo desde perna pernas os dos da na em e muito sinto que de".split()
    ),
    "nl": frozenset("ik niet het een mijn kan heb van zijn sinds met benen erg de geen voel meer ook maar naar".split()),
    "pl": frozenset("nie moge mam jest sie w z moje moja noga nogi noge mnie czuje bardzo przez ale oraz miedzy".split()),
    "tr": frozenset("bir ve bacak bacagim bacaklarim yok cok icin degil ama benim beri gibi arasi her".split()),
}
URGENT: Mapping[str, tuple[str, ...]] = {
    "es": tuple("orin mear miccion entrepierna dormid entumec adormec insensib paraliz respir asfix trag ahog esfinter".split()),
    "de": tuple("harn urin wasserlass pinkel pipi taub gelahmt lahm atem atmen luft schluck scham blase".split()),
    "fr": tuple("urin pipi miction engourd insensib paralys respir essouffl souffle avaler perine entrejambe sphincter etouff".split()),
    "it": tuple("urin pipi minzion intorpid addormentat insensib paralizz paralis respir fiato degluti inghiott perine sfinter".split()),
    "pt": tuple("urin xixi miccao dormen dormente adormec insensib paralis respir engol virilha entreperna perine sufoc".split()),
    "nl": tuple("plas urin gevoelloos doof verdoof verlam adem slik kruis stik schaamstreek".split()),
    "pl": tuple("mocz siku sikac dretw zdretw paraliz sparaliz niedowlad oddech oddych polyk krocz dusz".split()),
    "tr": tuple("idrar isey uyus felc nefes solun yutk kasik tuvalet".split()),
    "zh": tuple("尿 小便 排尿 麻木 发麻 發麻 麻痹 瘫 癱 呼吸 喘 吞咽 会阴 胯 大小便".split()),
    "ja": tuple("尿 おしっこ しびれ 麻痺 まひ 呼吸 息 飲み込".split()),
    "ar": tuple("بول تبول خدر تنميل شلل مشلول تنفس التنفس بلع".split()),
    "ru": tuple("моч Моч онеме Онеме парали Парали дыха дыш Дыш глота промежн".split()),
}
URGENT_ENGLISH = tuple("pee urin bladder bowel numb paraly breath swallow crotch groin private genital saddle collaps".split())

NOTICE: Mapping[str, str] = {
    "en": "Soleus could not understand these words (it reads English). If you cannot pass urine, are numb between the legs, a leg is cold "
    "and white, the weakness came within hours, or breathing or swallowing is hard, call your emergency number now (112, 999 or 911). "
    "If none of this is so, answer the questions.",
    "es": "Soleus solo entiende inglés. Si no puede orinar, si no siente la zona entre las piernas, si ha perdido la fuerza en pocas horas "
    "o si le cuesta respirar o tragar, llame ahora mismo a urgencias (112).",
    "de": "Soleus versteht nur Englisch. Wenn Sie kein Wasser lassen können, zwischen den Beinen taub sind, binnen Stunden schwach geworden "
    "sind oder schwer atmen oder schlucken, rufen Sie jetzt den Notruf (112).",
    "fr": "Soleus ne comprend que l’anglais. Si vous ne pouvez pas uriner, si vous ne sentez plus la zone entre les jambes, si la faiblesse "
    "est venue en quelques heures, ou si vous avez du mal à respirer ou à avaler, appelez tout de suite les urgences (112).",
    "it": "Soleus capisce solo l’inglese. Se non riesce a urinare, se non sente la zona tra le gambe, se la debolezza è venuta in poche ore, "
    "o se fa fatica a respirare o a deglutire, chiami subito il 112.",
    "pt": "O Soleus só entende inglês. Se não consegue urinar, se não sente a zona entre as pernas, se a fraqueza veio em poucas horas, ou se "
    "tem dificuldade em respirar ou engolir, ligue já para a emergência (112).",
    "nl": "Soleus begrijpt alleen Engels. Kunt u niet plassen, bent u gevoelloos tussen de benen, kwam de zwakte binnen enkele uren, of gaat "
    "ademen of slikken moeilijk, bel dan nu 112.",
    "pl": "Soleus rozumie tylko angielski. Jeśli nie możesz oddać moczu, nie czujesz okolicy między nogami, osłabienie przyszło w ciągu kilku "
    "godzin albo trudno ci oddychać lub połykać, dzwoń teraz pod 112.",
    "tr": "Soleus yalnızca İngilizce anlar. İdrar yapamıyorsanız, bacak aranız uyuşmuşsa, güçsüzlük birkaç saat içinde geldiyse ya da nefes "
    "almak veya yutmak zorsa, hemen 112’yi arayın.",
    "zh": "Soleus 只能读懂英文。如果您无法排尿、两腿之间麻木、几小时内突然无力,或呼吸、吞咽困难,请立即拨打急救电话(中国 120,欧洲 112)。",
    "ar": "يفهم Soleus الإنجليزية فقط. إذا كنت لا تستطيع التبول، أو تشعر بخدر بين الساقين، أو جاء الضعف خلال ساعات، أو كان التنفس أو البلع صعبًا، "
    "فاتصل بالطوارئ الآن (112).",
    "ru": "Soleus понимает только английский. Если вы не можете помочиться, онемело между ногами, слабость пришла за несколько часов или трудно "
    "дышать или глотать, звоните сейчас в скорую (112).",
}
