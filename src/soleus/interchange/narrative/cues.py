"""Words that change what a clause says: denial, doubt, somebody else, another time, a mere thought (ConText, Harkema 2009)."""

from __future__ import annotations

import re

from soleus.formats.patterns import lazy_pattern

NO_DENIAL = lazy_pattern(
    r"\b((?:can|could|may) (?:not|no longer)|(?:cannot|can't|couldn't)(?! (?:remember|recall|say|tell))|no longer (?:able|possible)|"
    r"not (?:able|possible|obtain\w*|elicit\w*|felt|palpable)|not only|not just|not (?:necessarily|always|entirely|completely|fully|"
    r"quite|exactly|very much|improv\w+|better|help\w*|respond\w*|"
    r"settl\w+|go(?:ne|ing)? away|recover\w*|resolv\w+|eased?|got(?:ten)? better)|no (?:better|improvement|relief|doubt|change|"
    r"increase|further|benefit|response|one else|wonder|matter|cause|explanation|diagnosis|idea)|"
    r"did not (?:help|improve|respond|work)|cannot (?:be )?rule[d]? out|could not be ruled out|without (?:help|relief|improvement|"
    r"benefit|success|effect|explanation|warning|response|treatment|aid|support|holding)|"
    r"nothing (?:helps|helped|changed)|know why|never (?:recovered|improved|got better|went away|the same))\b",
    re.I,
)
"""Denials of something else than the finding beside them."""
DENIAL = lazy_pattern(
    r"\b((?:cannot|can't|don't|do not|does not|doesn't|did not|didn't|couldn't) (?:remember|recall)|no|not|nor|neither|never|"
    r"without|denie[sd]|deny|denying|negative for|free (?:of|from)|absence of|absent|lack(?:s|ed|ing)?(?: of)?|none of|hardly any|"
    r"no longer|"
    r"don't|doesn't|didn't|isn't|wasn't|aren't|weren't|haven't|hasn't|hadn't|won't|nothing|nowhere|neither of|rather than|"
    r"instead of|excluded|rules? out|ruled out|unlikely|not any)\b",
    re.I,
)
AFTERTHOUGHT = lazy_pattern(
    r"\b(?:(?:is|are|was|were|has been|have been|being) )?(?:denied|absent|not present|excluded|ruled out|negative|unlikely|"
    r"not (?:seen|found|noted|reported|observed|noticed|felt))\s*$",
    re.I,
)
DOUBT = lazy_pattern(
    r"\b(probabl[ey]|possibl[ey]|perhaps|maybe|might|may be|may have|could be|suspect\w*|suspicion of|uncertain|unsure|not sure|"
    r"questionable|equivocal|seems?|seemed|appears?|i think|i guess|think it|"
    r"if anything|as if)\b",
    re.I,
)
MERE_THOUGHT = lazy_pattern(
    r"\b(worried (?:about|that)|afraid (?:of|that)|fear(?:s|ed)? (?:of|that)|concerned (?:about|that)|scared of|anxious about|"
    r"wonder(?:s|ed|ing)? (?:if|whether|about)|could (?:it|this|that) be|is (?:it|this) |might (?:it|this) be|"
    r"risk of|in case (?:of)?|to (?:exclude|rule out|prevent|avoid|look for|check for|test for|screen for)|rule out|"
    r"in order to exclude|if (?:i|he|she|you|there|it|they|the)\b|should (?:he|she|i|you|there) |return if|come back if|advised|"
    r"instructed|warned|watch for|look out for|"
    r"told (?:(?:that )?(?:it|this|the trouble)|(?:me|him|her|us) (?:(?:that )?(?:it|this)|that))|(?:was|were|been|"
    r"am) (?:\w+ )?told(?: that)?|thought (?:that )?(?:it|the|this|to be)|(?:they|doctors?|hospital|gp|physio\w*) (?:first |all |"
    r"only |just )?(?:said|say|says|thought|think|thinks|called|reckon\w*)|said (?:that )?it|called it|put (?:it )?down to|blamed|"
    r"labelled|"
    r"misdiagnosed|first diagnosis|was diagnosed as|treated as|(?:i|he|she) (?:have |has |had )?read (?:about|that|online)|"
    r"screening for|referred for|leaflet|can cause|may cause|can lead to|known to cause|side effects? (?:of|include)|"
    r"differential|possible diagnos\w+|query)\b",
    re.I,
)
"""What is named after these was thought, feared, planned or said by somebody; nobody observed it."""
NOT_SAID = lazy_pattern(
    r"\b(?:not|never) (?:been )?(?:described|mentioned|given|reported|recorded|documented|examined|tested|assessed|asked|stated|"
    r"told|known|specified|noted in|shown|available)\b|\b(?:untested|unrecorded|unknown|could not be (?:tested|examined|assessed))\b",
    re.I,
)
"""Nobody looked, or nobody wrote it down."""
BEFORE = lazy_pattern(
    r"\b(used to (?:have|be|get|suffer)|in the past|had once|once had|previously had|formerly|as a (?:child|boy|girl|teenager|baby)|"
    r"in (?:his|her|my) (?:youth|childhood|twenties|teens)|"
    r"(?:has|have|had) (?:since |now |fully |completely |all )*(?:resolved|gone|settled|cleared|disappeared|healed|recovered|stopped)|"
    r"(?:that|which) (?:has |have )?(?:since )?(?:resolved|went away|cleared|disappeared)|went away|no longer (?:has|have|had|"
    r"hurts?|there|present)|got (?:completely )?better|previous(?:ly)? (?:episode|attack)s? of|"
    r"(?:has|have) none now|not any ?more|before (?:that|this) (?:he|she|i) (?:was|had)|until (?:then|now|recently|last)|"
    r"up to (?:then|now)|last night|the evening before)\b",
    re.I,
)
"""It was so once; it is not so now."""
RELATIVE = lazy_pattern(
    r"\b(?:(?:my|his|her|the(?: patient's| boy's| girl's| child's)?|a|an|one|two|three|several|maternal|paternal|older|elder|"
    r"younger|both|whose|their|first|second|no) )+(?:affected |deceased |late |identical )*"
    r"(mothers?|fathers?|mum|mom|dad|parents?|brothers?|sisters?|siblings?|uncles?|aunts?|cousins?|grand(?:mother|father|parents?|"
    r"ma|pa|dad|mum)s?|nephews?|nieces?|sons?|daughters?|twin|wife|husband|partner|child|children|relatives?|family)"
    r"(?:(?:'s)? (?:side|members?))?\b",
    re.I,
)
FAMILY = lazy_pattern(
    r"\b(family history|in the family|in (?:my|his|her) family|runs? in (?:the |my |his |her )?family|family members?|relatives?|"
    r"familial)\b",
    re.I,
)
OF_RELATIVE = lazy_pattern(
    r"^\W*(?:(?:also|too|once|both|all|who|and (?:my|his|her) \w+|on (?:my|his|her) (?:mother|father)'s side)\W+)*(?:has|have|had|"
    r"suffers?|suffered|was|were|is|are|died|walks?|walked|needed|needs|uses|used|got|gets|with|who|takes|"
    r"developed|began|complains?|lost|limps?|cannot|can't|could|couldn't|became)\b",
    re.I,
)
"""What follows the name of a relative where the relative is the one spoken of ("his mother had ...", not "he visited his mother")."""
SELF = lazy_pattern(
    r"\b(i|i'm|i've|my (?!mother|father|mum|mom|dad|parent|brother|sister|sibling|uncle|aunt|cousin|grand|son|daughter|wife|husband|"
    r"partner|family|niece|nephew)\w+|he|she|patient|himself|herself|his (?:left|right|own|legs?|foot|feet|calf|calves)|her (?:left|"
    r"right|own|legs?|foot|feet|calf|calves))\b",
    re.I,
)
VERB = frozenset(
    "is are was were be has have had feels felt gets got became become becomes began begun started developed noticed notices complains complained "
    "shows showed walks walked can cannot can't could couldn't came comes went goes takes took remains remained seems does did lies woke wakes "
    "describes described reports reported says said i've i'm he's she's it's there's denies denied".split()
)
"""A part of a sentence with one of these stands on its own: a denial before it does not reach it."""
LINKING = lazy_pattern(
    r"\b(?:is|are|was|were|be|been|being|remains?|remained|seems?|appears?|appeared|becomes?|became|has become|have become|feels?|"
    r"felt|looks?|looked|measures?|measured|tested|scored|graded|at|were all)\b|(?<=\w): ",
    re.I,
)
COMPARED = lazy_pattern(
    r"\b(?:than|compared (?:with|to)|as) (?:on |in |that of )?(?:the |my |his |her )?(?:left|right|other)(?: one| side| leg| calf|"
    r" foot| thigh)?\b",
    re.I,
)
"""The other side named only as a measure."""
SAME_ILLNESS = lazy_pattern(
    r"\b(weak\w*|muscle (?:disease|weakness|wasting|problem)s?|muscular|dystroph\w*|neuropath\w*|nerve (?:disease|problem)s?|"
    r"trouble walking|walk\w*|same|similar|alike|wheelchair|charcot\w*|cmt|high arch\w*|foot drop|calipers?|leg braces?|"
    r"als|motor neuron\w* disease|anything like)\b",
    re.I,
)
"""What counts as a neuromuscular illness of the family."""
NOBODY = lazy_pattern(r"\b(no(?:body| one|ne)?|neither|without|denie[sd]|negative|not|never|any|unremarkable|clear|healthy|well)\b", re.I)
CAPACITY = frozenset("bladder bowel bowels sphincter sphincters swallowing speech vision sight sleep waterworks continence".split())
"""Named alone in a denial they mean their trouble: "no back pain, bladder or bowel trouble" says that the bladder works."""
OTHER_QUALITY = lazy_pattern(
    r"\b(soft|warm|cool|cold|pink|heavy|freely|stable|clear|moves? (?:little|well)|tight|different|connected|compared)\b", re.I
)
"""Said of a part without a noun such as strength or feeling, these speak of something else."""
VITAL = lazy_pattern(r"\b(temperature|pulse|blood pressure|heart rate|breathing|vital signs|respirations?|oxygen)\b", re.I)
NO_LIST = lazy_pattern(
    r"^\W*(?:(?:i|he|she|there|it|they|the \w+)\s+)?(?:has|have|had|is|was|are|were|feels?|reports?|complains? of)?\s*no\b", re.I
)
OR_AHEAD = lazy_pattern(r"^[^;:]*?\b(?:or|nor)\b", re.I)
IDIOM = lazy_pattern(
    r"\bpain ?killers?\b|\bpain (?:relief|medic\w+|clinic|tablets?|management)\b|\b(?:do|does|did)(?: not|n't) touch it\b|"
    r"\b(hurt (?:my|him|her|your|them)sel(?:f|ves))\b|\bat the moment\b|\bkeeps? in touch\b|\bin touch\b|"
    r"\b(?:sick|doctor's|hospital|fit) notes?\b|\bon the other hand\b|\bfirst[- ]hand\b|\bon foot\b|\bback (?:home|to|from|in|at|"
    r"then|again)\b|\b(?:came|come|comes|went|go|goes|going|sent|get|got) back\b|\byears back\b|\bday by day\b|"
    r"\bface (?:to face|down|up)\b|\bshort of\b(?! breath)|\bleft (?:the|hospital|home|school|work|untreated|with|alone|over|me|him|"
    r"her)\b|\bright (?:away|now|after|before|from|then|in the|up to)\b|\ball ?right\b|\bthat(?:'s| is) right\b",
    re.I,
)
"""Turns of phrase whose words mean something else: blotted out, or replaced by `MEANT`."""
MEANT = {"hurt": "injured"}
