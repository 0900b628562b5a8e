"""How people word grave diagnoses and events beside their names, and whether each is there now, is treated, is long past or is denied.

All patterns are for text in lower case.
"""

from __future__ import annotations

from soleus.formats.patterns import lazy_pattern

EVENT_WORDS = (
    "heart infarct infarction myocardial coronary unstable angina pulmonary embolism embolus clots thrombosis stroke ministroke achilles "
    "hamstring quadriceps ruptured haemorrhage hemorrhage yesterday"
).split()
"""Words of events and of wordings that stand in no name of a condition: spelling is mended towards these too."""
LIFELONG = lazy_pattern(r"gitelman|bartter|conn syndrome|aldosteron|tubular acidosis|liddle|parathyroid|laxative|crmo")
"""Names of lifelong or slow diseases within conditions that are urgent as a whole."""
_TORN = r"(?:ruptur\w*|torn|tore|tears?|snapp\w*|repair\w*|surgery|operat\w*|reattach\w*|sutur\w*|sewn|stitched|severed|broke\w*)"
BY_WORDS = (
    ("achilles-tendon-rupture", lazy_pattern(rf"\bachilles\b.{{0,40}}\b{_TORN}\b|\b{_TORN}\b.{{0,40}}\bachilles\b")),
    (
        "proximal-hamstring-avulsion",
        lazy_pattern(
            r"\bhamstrings?\b.{0,40}\b(?:avuls\w*|ruptur\w*|repair\w*|surgery|reattach\w*|detach\w*|off (?:of )?(?:the "
            r"|my )?(?:sit(?:ting)? )?bones?"
            r"|(?:torn|tore|ripped|came|pulled) (?:right |clean )?off|complete(?:ly)? (?:tear|torn))\b"
            r"|\b(?:avuls\w*|ruptur\w*|repair\w*|reattach\w*|detach\w*|complete(?:ly)? (?:tear|torn)|(?:torn|tore"
            r"|ripped) off)\b.{0,40}\bhamstrings?\b"
        ),
    ),
    (
        "quadriceps-tendon-rupture",
        lazy_pattern(
            rf"\b(?:(?:quadriceps?|quad|patellar?) (?:tendon|ligament)|kneecap tendon)\b.{{0,40}}\b{_TORN}\b"
            rf"|\b{_TORN}\b.{{0,30}}\b(?:(?:quadriceps?|quad|patellar?) (?:tendon|ligament)|kneecap tendon)\b"
        ),
    ),
    (
        "heart-attack",
        lazy_pattern(
            r"\b(?:h(?:ea|e|a)rt attacks?|heart infarct\w*|(?:acute )?(?:myocardial|cardiac) infarct\w*|n-?stemi|non-?stemi|stemi"
            r"|acute coronary syndrome|coronary thrombosis|cardiac arrest)\b"
        ),
    ),
    ("unstable-angina", lazy_pattern(r"\b(?:unstable angina|angina at rest|(?:crescendo|pre-?infarct\w*) angina)\b")),
    (
        "pulmonary-embolism",
        lazy_pattern(
            r"\b(?:(?:pulmonary|lung) (?:emboli\w*|embolus|clots?)|(?:blood )?clots? (?:in|on|to) (?:the |my |his |her )?lungs?)\b"
        ),
    ),
    (
        "deep-vein-thrombosis",
        lazy_pattern(
            r"\b(?:blood )?clots? (?:in|of) (?:the |my |his |her |a )?(?:left |right |lower |upper |deep )?(?:calf|leg"
            r"|thigh|knee|vein|groin)\w*"
            r"|\bthrombosis (?:in|of) (?:the |my |his |her )?(?:left |right )?(?:calf|leg|thigh)|\b(?:leg"
            r"|calf) thrombosis\b|\bdvt\b"
            r"|\b(?:untreated|suspected|new|fresh) (?:blood )?clots?\b|\bblood clots?\b(?=.{0,12}\b(?:not|un)[ -]?treated)"
        ),
    ),
    ("transient-ischaemic-attack", lazy_pattern(r"\btias?\b|\bmini[ -]?strokes?\b|\bministrokes?\b")),
    ("guillain-barre-syndrome", lazy_pattern(r"\bgbs\b|\bgu[il]+[ai]{1,3}n[ -]bar+\w*")),
    ("cauda-equina-syndrome", lazy_pattern(r"\b(?:cau?d\w{1,2}|corda) equin\w\b(?! (?:tumou?r|ependymoma))")),
    ("metastatic-cord-compression", lazy_pattern(r"\b(?:metastatic|malignant|cancer|tumou?r)\b.{0,20}\bcord compression\b")),
    ("acute-compartment-syndrome-leg", lazy_pattern(r"\bcompartment syndrome\b")),
    (
        "acute-limb-ischaemia",
        lazy_pattern(
            r"\bacute(?:ly)? (?:limb|leg) isch\w+|\b(?:suddenly )?(?:blocked|clotted) (?:leg )?artery (?:in|of) (?:the |my )?leg\b"
        ),
    ),
    (
        "intracerebral-haemorrhage",
        lazy_pattern(r"\bbrain (?:bleed\w*|h(?:ae|e)morrhage)\b|\bbleed\w* (?:in|into|on) (?:the |my )?brain\b"),
    ),
)
"""Wordings beside the names of the conditions."""
TREATED = lazy_pattern(
    r"\b(?:treated|operated|repaired|decompressed|stented|thrombolysed|reattached|sewn|sutured|stitched|drained|fixed|cured"
    r"|recover\w*|resolved|healed|settled|cleared|rehab\w*|discharged|surgery|operation|fasciotomy|laminectomy|post-?op\w*"
    r"|s/p|status post"
    r"|under (?:treatment|control)|on (?:treatment|anticoag\w*|blood thinn\w*|warfarin|apixaban|rivaroxaban|edoxaban"
    r"|dabigatran|heparin)"
    r"|(?:after|following|since) (?:the |an |my )?(?:surgery|operation|treatment|repair|stent\w*)|in remission)\b"
)
UNTREATED = lazy_pattern(
    r"\b(?:un|non-?)treated\b|\bunoperated\b|\b(?:not|never|no|without|awaiting|waiting for|before|refused|declined)\b[\w\s]{0,18}"
    r"\b(?:treat\w*|operat\w*|surgery|repair\w*|decompress\w*|recover\w*|resolved|healed|settled|cleared|cured|anticoag\w*"
    r"|blood thinn\w*|seen|rehab\w*|drained|fixed)\b"
)
PAST = lazy_pattern(
    r"\b(?:old|older|previous(?:ly)?|former(?:ly)?|past|prior|history|hx|h/o|long ago|ages ago|years? (?:ago|back|before)"
    r"|months ago|remote|earlier in life"
    r"|sequelae|residual|chronic|healed|as an? (?:child|young|teen\w*|adult)|in (?:my|his|her) (?:youth|childhood|teens"
    r"|\w+ties)|childhood|at (?:age |the age of )?\d\d)\b"
)
AFTER = lazy_pattern(r"\b(?:after|post|following|since)[\s-]+(?:my |the |an? |his |her )?$")
NOW = lazy_pattern(
    r"\b(?:now|right now|just|new|newly|fresh|currently|current|today|tonight|this (?:morning|afternoon|evening|week)"
    r"|yesterday|last night|suspect\w*|possible|probable|query"
    r"|hours? ago|ongoing|active|acute(?:ly)?|sudden(?:ly)?|attack now|crisis|impending|threaten\w*|in progress|worsening"
    r"|getting worse|not (?:yet )?(?:ruled out|excluded))\b"
)
AGAIN = lazy_pattern(
    r"\b(?:relapse[ds]?|relapsing(?![- ]?remitting)|flar(?:e|es|ed|ing)(?:[- ]?up)?|attack|crisis"
    r"|exacerbat\w+|recurrence|recurred|came back|come back|is back"
    r"|wors(?:e|ened|ening)|deteriorat\w+"
    r"|progress(?:ing|ive|es|ed)|weaker|(?:new|fresh|more) (?:\w+ )?(?:weakness|numbness|deficit|symptoms?|signs?|paralysis"
    r"|pain|loss|trouble|bladder|spasms?))\b"
)
NOT_BACK = lazy_pattern(
    r"\b(?:no|not|never|without|isn't|last|previous|first|earlier|fear of|afraid of|prevent\w*|to avoid)\b[\w\s']{0,14}$"
)
DENIED_BEFORE = lazy_pattern(
    r"\b(?:no|not|never|without|denies|denied|negative for|family history(?: of)?|father|mother|brother|sister|parents?"
    r"|uncle|aunt|grand\w+|relatives?|husband|wife"
    r"|afraid of|fear of|worried about|risk (?:of|for|factors? for)|prevent\w*|prevention of|prophylaxis|screen\w*|heat"
    r"|excluded|ruled out)\b[\w\s']{0,24}$"
)
DENIED_AFTER = lazy_pattern(
    r"^[\s:,(]*(?:has been |have been |was |is |were )?(?:excluded|ruled out|unlikely|negative|risk\b|prevention"
    r"|prophylaxis|in (?:the |my )?family)"
)
WEEKDAY = lazy_pattern(
    r"\b(?:on |last |this |since )(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:this|the other) week(?:end)?\b|\blast weekend\b"
)
YEAR = lazy_pattern(r"\b(19\d\d|20\d\d)\b")
ISO = lazy_pattern(r"\b(20\d\d)-(\d\d)-(\d\d)\b")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = lazy_pattern(
    r"\b(?:in|since|on|of|from|early|late|end of|last)?\s*(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|(?:(?<=in )"
    r"|(?<=since )|(?<=last ))may|may(?= 20)|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?\s*(20\d\d)?"
)
