# ruff: noqa: E501  (tables of words and patterns)
"""Words by which `screening.py` knows a medicine, a dose, exercise and care. All in lower case, as pieces of regular expressions."""

from __future__ import annotations


def any_of(*words: str) -> str:
    """One of several words, the longest first; each string may hold many."""
    every = {word.replace("_", r"[\s-]?") for line in words for word in line.split()}
    return "(?:" + "|".join(sorted(every, key=lambda w: (-len(w), w))) + ")"


MEDICINE_NAMES = any_of(
    "aspirin ibuprofen advil nurofen motrin brufen naproxen aleve diclofenac voltaren voltarol celecoxib etoricoxib meloxicam indometacin",
    "indomethacin ketorolac paracetamol acetaminophen tylenol panadol co_codamol codeine tramadol tapentadol morphine fentanyl oxycontin",
    "pregabalin lyrica gabapentin neurontin amitriptyline nortriptyline duloxetine cymbalta venlafaxine sertraline fluoxetine citalopram",
    "carbamazepine baclofen tizanidine methocarbamol cyclobenzaprine dantrolene diazepam valium lorazepam clonazepam zopiclone zolpidem",
    "melatonin quinine lipitor crestor ezetimibe metformin ozempic insulin levothyroxine thyroxine warfarin coumadin marcumar phenprocoumon",
    "heparin clexane eliquis xarelto pradaxa dabigatran lixiana clopidogrel plavix ticagrelor furosemide frusemide hydrochlorothiazide",
    "spironolactone amlodipine ramipril digoxin amiodarone prednisone prednisolone cortisone hydrocortisone methotrexate azathioprine",
    "mycophenolate ciclosporin cyclosporine cyclophosphamide rituximab tacrolimus hydroxychloroquine colchicine allopurinol riluzole",
    "edaravone tofersen pyridostigmine mestinon ivig immunoglobulins? levodopa sinemet madopar alendronate denosumab cholecalciferol b12",
    "doxycycline amoxicillin cipro ciprofloxacin levofloxacin isoniazid metronidazole nitrofurantoin omeprazole lithium tamoxifen letrozole",
    "botox botulinum cbd creatine magnesium turmeric viagra sildenafil zolgensma nusinersen dalfampridine fampridine",
)
ENDINGS = (
    r"[a-z]{2,}(?:statins?|sartans?|olols?|cillins?|mycin|floxacin|gliptin|gliflozin|glutide|tide|parin|xaban|prazole|conazole|profen|codone"
    r"|morphone|triptan|zepam|zolam|oxetine|triptyline|dronate|dronic acid|dipine|thiazide|gabalin|asone|isone|solone|zumab|ximab|tinib)"
    r"|(?!april)[a-z]{3,}pril"
)
MEDICINE_GROUPS = any_of(
    "statins? blood_thinners? blood_thinning anticoagulants? steroids? antidepressants? pain_?killers? pain_meds opioids? opiates?",
    "antibiotics? beta_blockers? water_tablets? diuretics? chemo chemotherapy immunosuppressants? biologics? muscle_relaxants? relaxants?",
    "sleeping_pills? sleeping_tablets? nsaids? anti_inflammator(?:y|ies) cortisone hormones? supplements? vitamins? antiepileptics?",
)
MEDICINE_WORDS = any_of(
    "medicines? medications? meds drugs? prescriptions? pills? tablets? tabs? capsules? injections? infusions? immunotherapy",
)
NAMED = rf"\b(?:{MEDICINE_NAMES}|{ENDINGS})\b"
MEDICINE = rf"\b(?:{MEDICINE_NAMES}|{ENDINGS}|{MEDICINE_GROUPS}|{MEDICINE_WORDS})\b"

SMALL = "(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty|eighty|ninety)"
NUMBER = rf"(?:\d+(?:[.,]\d+)?|[½¼¾]|{SMALL}(?:[\s-](?:hundred|thousand|{SMALL}))?|(?:a|one) hundred|a thousand)"
AMOUNT = rf"(?:{NUMBER}(?:\s?(?:-|–|to|or|x|×|/)\s?{NUMBER})?|half(?: an?)?|a quarter(?: of a)?|a couple of|several|a few|an extra|a single|another|double)"
MASS = any_of("mg mgs milligrams? milligrammes? mcg mcgs µg μg ug micrograms? microgrammes? iu international_units?")
GRAM_OR_ML = any_of("g gr gm gms grams? grammes? ml mls cc millilitres? milliliters?")
PIECES = any_of("tablets? tabs? pills? capsules? caplets? puffs? sachets? lozenges? suppositor(?:y|ies) ampoules?")
LOOSE_PIECES = any_of("drops? doses? units? patch(?:es)? spoons? spoonfuls? teaspoons? tablespoons? tsp tbsp shots? injections?")
"""Need a medicine or `take` beside them: a foot drops, skin has patches."""
PER_VOLUME = r"\s?(?:/\s?(?:100\s?ml|dl|l\b|litre|liter)|per (?:100\s?ml|dl|litre|liter|decilitre|deciliter))"
"""After a unit: the value of a blood test."""

FREQUENCY = (
    rf"\b(?:(?:once|twice|thrice|{AMOUNT} ?(?:times|x|×))(?: an?| per| each| every|/)? ?(?:day|daily|night|morning|week|weekly|hour)"
    rf"|every {NUMBER} hours|{NUMBER}[\s-]hourly|hourly|daily|nightly|weekly|monthly|every (?:day|night|morning|evening)|each (?:day|night|morning|evening)"
    r"|(?:a|per) day|at bed ?time|with (?:every|each) meal|bid|tid|qid|tds|qds)\b"
)
INTAKE = r"\b(?:take|takes|taking|took|taken|swallow(?:ed|ing)?|pop|inject(?:ed|ing)?)\b"
NOT_SWALLOWED = any_of(
    "walks? breaks? rests? breaths? baths? showers? naps? steps? stairs? bus train lift elevator car taxi dogs? photos? pictures? measurements?",
    "notes? time turns? care part place seat look strolls? minutes? trip holiday temperature pulse off it_easy shoes? socks? stock test tests",
)
EXERCISE = any_of(
    "exercises? exercising walks? walked walking steps? heel_rises? heel_raises? calf_raises? squats? bridges? lunges? stretch stretches",
    "stretching sets? reps? repetitions? hold holds steps? stairs? swim swims swimming cycle cycling bike row rowing yoga pilates tai_chi",
    "balance training train trains practice practise physio physiotherapy massage massages foam_roller kneading ice heat plank planks sit_to_stand",
    "chair_stands? stands? rocker theraband band bands weights? jog jogging run runs running gym",
)
FOOD = any_of(
    "protein fibre fiber carbs? carbohydrates? sugar salt fat meat fish chicken eggs? nuts? yoghurt yogurt cheese food meals? water tea coffee",
    "juice milk soup drink drinks drinking wine beer alcohol oats rice bread fruit vegetables",
)
THINGS = any_of(
    "weights? dumb_?bells? sandbags? bottles? kettle_?bells? cuffs? ankle_weights? backpack rucksack urine bladder residual blood transfusion",
    "void voiding csf plasma bag bags",
)
"""What grams and millilitres may be of, beside medicines."""
CARE = (
    r"(?:hospitals?|a ?& ?e|a and e|er|emergency(?: room| department| services?| care| number)?|casualty|ambulances?|doctors?|gps?|physicians?"
    r"|neurologists?|surgeons?|specialists?|112|911|999|111|urgent care|medical (?:help|care|advice)|help ?line|paramedics?)"
)
VISITS = any_of("surgery operation mri scan scans appointment appointments tests? referral investigations?")
NEGATION = (
    r"(?:(?<!why )(?<!why do )(?<!why would )(?<!why did )\bnot|\bnever|\bwithout|\bbefore|\brather than|\binstead of|\bnobody should|\bno one should|\bno need to"
    r"|\btoo late to|\bwhy|\bcannot|\bdangerous to|\bunsafe to|\bunwise to|\bwrong to)"
)
FILLERS = r"(?:\s(?:just|suddenly|simply|ever|abruptly|you|even|think|of|about|to|try|be|been|a|tempted|anyone|people|patients|on|worth|and)\b){0,4}"
"""Words that may stand between a negation and what it denies."""
