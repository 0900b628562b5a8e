"""Words that change what a clause says: denial, doubt, somebody else, another time, a mere thought (ConText, Harkema 2009)."""

from __future__ import annotations

import re

from soleus.formats.patterns import lazy_pattern

NO_DENIAL = lazy_pattern(
    r"\b((?:can|could|may) (?:not|no longer)|(?:cannot|can't|couldn't)(?! (?:remember|recall|say|tell))|no longer (?:able|possible)|"
    r"not (?:able|possible|obtain\w*|elicit\w*|felt|palpable|(?:quite |entirely |completely |fully |very )?(?:normal|full|intact|good|"
    r"strong)|as \w+ as|necessarily|always|entirely|completely|fully|quite|exactly|very much|(?:be )?ruled out)|"
    r"no (?:increase|further|response|one else|idea)|never (?:the same))\b",
    re.I,
)
"""Inability and shortfall, which belong to the finding and do not deny it."""
NO_MATTER = lazy_pattern(
    r"\b(?:(?:ha[sd]|have|is|are|was|were|do|does|did|will|would)(?: not|n't)|never|not)"
    r" (?:been |really |yet |ever |fully |completely |entirely |quite |at all )*"
    r"(?:(?:go|gone|going|went) away|better|improv\w+|resolv\w+|settl\w+|eas(?:e[ds]?|ing)|recover\w*|subsid\w+|let(?:ting)? up|"
    r"(?:get|got|gotten|getting) (?:any )?better|(?:come|came|gone|go|went) down|clear(?:ed|ing)? up|heal\w*|relieved|ruled out|excluded|"
    r"deny|denied|denying|free (?:of|from)|help(?:ed|s)?|respond\w*|work(?:ed)?|stop(?:ped)?)\b(?! by chance)|"
    r"\b(?:cannot|can't|can not|could not|couldn't) (?:be )?(?:deny|denied|rule[d]? out|exclude[d]?)\b|"
    r"\bno (?:\w+ )?(?:improvement|change|relief|let-?up|recovery|progress|benefit|better)\b(?! or\b|,[^.;]*\b(?:or|nor)\b)(?: (?:in|of|from|with|to|for)\b)?|"
    r"\b(?:no(?:thing)?|none of \w+)(?: \w+){0,3}? (?:ha[sd] |have )?(?:help(?:s|ed|ing)?|eas(?:es|ed)|relieve[sd]?|work(?:s|ed)|"
    r"touch(?:es|ed)|changed)\b(?: (?:for|with|against))?|\b(?:do|does|did|done|doing) (?:absolutely )?nothing (?:for|against)\b|"
    r"\bno (?:doubt|question|wonder|matter|surprise|denying|secret)\b|\bnot (?:surprisingly|unexpectedly|only|just|merely|simply)\b|"
    r"\bnot a (?:day|night|week) (?:\w+ ){0,3}without\b|"
    r"\b(?:no|not an?y?|without (?:an?y? )?)(?: \w+){0,2}? (?:cause|reason|explanation|diagnosis|answer|trigger)s?\b"
    r"(?: (?:\w+ ){0,3}?(?:for|why|of)\b)?|"
    r"\b(?:no(?:body| one| \w+)|none(?: of \w+)?)(?: \w+){0,2}? (?:know|knew|known|understands?|understood|explain\w*|believe[sd]?|"
    r"tell|told|noticed|realis\w+|realiz\w+)(?: (?:me|him|her|us))? (?:why|how|that|what)\b|"
    r"(?:\b(?:not|never)|n't)(?: \w+)? (?:(?:know|understand) (?:why|how|where|what caused|that)|(?:realis|realiz|notic)\w*(?: at first| until)? "
    r"(?:that|how|until)|(?:tell|told|mention\w*|admit\w*)(?: (?:the|my|his|her|any) ?\w+| \w+body| him| her| them)? (?:that|how|about)|"
    r"(?:like|want|dare\w*|wish) to (?:say|admit|mention|tell)\b(?: (?:so|it|this|anyone|anybody))?)|"
    r"\bwithout (?:any )?(?:warning|help|relief|improvement|benefit|success|effect|response|treatment|aid|support|holding)\b",
    re.I,
)
"""Words of denial that leave the fact standing: "has not gone away", "nothing helps", "nobody knows why", "cannot be ruled out"."""
LOST_CONTROL = lazy_pattern(
    r"\bno longer (?:has|have|had|feels?|felt)\b(?= (?:any |full |the |much |proper )*(?:control|feeling|sensation|power|strength|urge))", re.I
)
DENIAL = lazy_pattern(
    r"\b((?:cannot|can't|don't|do not|does not|doesn't|did not|didn't|couldn't) (?:remember|recall)|"
    r"(?:cannot|can't|couldn't|would not|wouldn't) say|no|not|nor|neither|never|"
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
WITHOUT_TROUBLE = lazy_pattern(
    r"\s*\bwithout (?:any |much |great )?(?:difficult\w+|troubles?|problems?|hesitation|effort|limitation)\b", re.I
)
MOVES_WELL = lazy_pattern(r"\s+\bmove[sd]? (?:freely|normally|fully|well)\b", re.I)
IN_DEGREES = lazy_pattern(r"^\W*(?:\w+ ){0,2}\d{1,3} ?(?:°|deg)", re.I)
BARE_NUMBER = lazy_pattern(r"^\W*(?:only |at |to )*(\d{1,3})\b(?!\s*(?:/|%|years|days|weeks|months|hours))", re.I)
SYMPTOM = frozenset("pain pains ache numbness weakness tingling wasting swelling tenderness cramps burning stiffness".split())
PROVOKED = lazy_pattern(
    r"\b(?:tapping|percussion|percussing)\b|\b(?:makes?|made|making) (?:it|this|that|them|things) (?:\w+ )?(?:worse|better)\b|\b(?:brings?|brought) it on\b",
    re.I,
)
"""What is felt on tapping is a sign of its own, no numbness and no tingling of the part; what makes it worse is no finding of itself."""
HERE = lazy_pattern(r"\b(?:in|of|on|at|over|around|along|behind|below|between|under|inside)\b.*$", re.I | re.S)
OF_PART = lazy_pattern(r"^\W*(?:(?:and|now|also|then|mostly|especially) )*(in|of|on|at|over|around|along|behind|below|involving|affecting)\s+", re.I)
QUALITY = frozenset("tender swollen painful weak numb wasted thin thinner red hot cold stiff tight sore tense firm hard bruised paralysed".split())
HEEL_OR_TOE = lazy_pattern(r"\b(?:heels?|toes?|tiptoes?)\b", re.I)
ABILITY = lazy_pattern(r"\b(?:walk\w*|stand\w*|hop\w*|cannot|can't|unable|possible)\b", re.I)
BEING_FOUND = lazy_pattern(
    r"\s*\b(?:(?:could|can|was|were|is|are|has been|have been) )(?:be )?(?:felt|seen|found|detected|noted|heard|demonstrated|elicited|observed|present|made out|"
    r"identified|noticed|reported|described)\b", re.I
)
FOUND_THERE = lazy_pattern(
    r"\b(?:(?:could|can|was|were|is|are|has been|have been) )(?:also )?(?:be )?(?:felt|seen|found|detected|noted|observed|noticed|left)"
    r"(?= (?:in|on|at|over|of|along|behind|around|between)\b)", re.I
)
""" "Twitching was seen in both thighs" is twitching in both thighs."""
CAN = lazy_pattern(
    r"\b(?:can|could|(?:is|was|are|were|am|been) able to|manage[sd]? to)(?! (?:not|no|only|hardly|barely|just|scarcely|be)\b)"
    r"(?!.*\b(?:only|with (?:help|difficulty|effort|support|aid|a |an |two |sticks)|hardly|barely|hold|support|stick|frame|cause|lead)\b)\s+",
    re.I,
)
DOUBT = lazy_pattern(
    r"\b(probabl[ey]|possibl[ey]|perhaps|maybe|might|may be|may have|could be|suspect\w*|suspicion of|uncertain|unsure|not sure|"
    r"questionable|equivocal|unclear|doubtful|some doubt|worried that|concerned that|afraid that|seems?|seemed|appears?|i think|i guess|think it|"
    r"if anything|(?:looks?|looked|sounds?|sounded) as if)\b",
    re.I,
)
MERE_THOUGHT = lazy_pattern(
    r"\b((?:worried|concerned|anxious|nervous) about|(?:afraid|frightened|scared|terrified|fear|dread) of|fear(?:s|ed)? (?:that|is|are)|"
    r"(?:worried|concerned|afraid|frightened|scared|terrified|fear) (?:that )?(?:i|he|she|it|they|we|the \w+|my \w+|his \w+|her \w+) "
    r"(?:will|would|might|may|could|is going to|am going to)\b|"
    r"wonder(?:s|ed|ing)? (?:if|whether|about)|could (?:it|this|that) be|is (?:it|this) (?!(?:\w+ )?(?:dangerous|normal|serious|bad|ok|okay|common|usual|urgent|an emergency)\b)|might (?:it|this) be|"
    r"risk of|in case (?:of)?|to (?:exclude|rule out|prevent|avoid|look for|check for|test for|screen for)|rule out|"
    r"in order to exclude|(?<!as )(?<!like )if (?:i|he|she|you|there|it|they|the|my|his|her|numb|incontinent)\b|should (?:he|she|i|you|there) |return if|come back if|advised|"
    r"instructed|warned|(?:watch|look) (?:out )?for|red flags?|"
    r"told (?:(?:that )?(?:it|this|the trouble)|(?:me|him|her|us) (?:that )?(?:it|this))|(?:was|were|been|"
    r"am) (?:\w+ )?told(?! (?:that )?(?:i|he|she) (?:has|have|had|am|is|was)\b)(?: that)?|thought (?:that )?(?:it|the|this|to be)|(?:they|doctors?|hospital|gp|physio\w*) (?:first |all |"
    r"only |just )?(?:said|say|says|thought|think|thinks|called|reckon\w*)|said (?:that )?it|called it|put (?:it )?down to|blamed|"
    r"labelled|"
    r"misdiagnosed|first diagnosis|was diagnosed as|treated as|(?:i|he|she) (?:have |has |had )?read (?:about|that|online)|"
    r"(?:screen(?:ing|ed)|tested|checked|looked|swabbed|searched|asked) (?:for|about)|people|leaflet|can cause|may cause|can lead to|known to cause|side effects? (?:of|include)|"
    r"differential|possible diagnos\w+|query)\b|"
    r"\b(?:was|were|been) (?:explained|discussed|considered|feared|thought of|talked about)\b",
    re.I,
)
"""What is named after these was thought, feared, planned or said by somebody; nobody observed it."""
QUESTION = lazy_pattern(
    r"^\W*(?:and |or |but )?(?:is|are|am|was|were|do|does|did|could|can|might|may|should|would|will|shall|has|have|had|what if|any)\b"
    r"(?! (?:it|this|that) (?:\w+ )?(?:dangerous|normal|serious|bad|ok|okay|common|usual|urgent|an emergency)\b)",
    re.I,
)
"""Opens a question that asserts nothing. "Why am I numb?" and "is it dangerous that ..." take the thing for granted."""
HABITUAL = lazy_pattern(
    r"\bif(?= (?:i|he|she|you|we|they) (?:just |only |try to |have to )?(?:stand|stood|walk|sit|lie|lift|bend|move|stop|cough|sneeze|press|"
    r"climb|get up|push|run|go|raise|kneel|squat|turn|look|straighten|stretch|put|touch|cross|lean|drive|rest)\w*\b)", re.I
)
""" "If I stand up my leg gives way" tells what happens, not what might."""
CONDITION_FIRST = lazy_pattern(
    r"^\W*(?P<front>(?:when|whenever|every time|after|if|without|as soon as|once|while|on|before|by|in|at)(?= ))", re.I
)
MAIN_CLAUSE = lazy_pattern(r"(?:,\s*|\s+)(?P<main>(?:i|he|she|it|they|there|my|his|her|the|both|urine|wee|pee|pain)\b)", re.I)
"""Where the main clause may begin after a condition that stands first."""
CONTROLS = lazy_pattern(r"^(?:still |now |always )*(?:control|hold) (?=(?:my|his|her|the) (?:bladder|bowels?|urine|water))", re.I)
UNABLE = lazy_pattern(r"\b(?:can't|cannot|can not|couldn't|could not|can no longer|could no longer|unable to|not able to|no longer able to)\b", re.I)
THEY_ARE = lazy_pattern(
    r"^\W*(?P<they>they|it|that|this)\W+(?:(?:are|is|were|was|feels?|felt|went|goes|have|has|had|gone|turned|looks?|looked|got|become|became|been|all|now|very|quite|completely|rather|so|also) )+"
    r"(?:cold|numb|weak|swollen|blotchy|pale|white|blue|dead|stiff|red|hot|thin|thinner|floppy|painful|sore|paraly[sz]ed|useless|tender|tight|hard|tingly|icy)\b",
    re.I,
)
PRESENTED = lazy_pattern(r"^\W*(?:on (?:\w+ )?examination,?\s+|there(?:'s| is| was| are| were)\s+|(?:he|she) (?:has|had)\s+|(?:the|his|her|my)\s+)*", re.I)
"""Words that open a statement and say nothing of it."""
PRONOUN = lazy_pattern(r"(?:it|they|he|she|i)\b(?!')", re.I)
THOSE_OF = lazy_pattern(r"^\W*(?:those|that|the ones?) (?:of|in|on|at) ", re.I)
SO_IS = lazy_pattern(r"^\W*(?:is|are|was|were|does|do|did|has|have) (?P<what>(?:the|my|his|her|both|all|its) .+)$", re.I | re.S)
""" "... and so is the area I sit on": the same is said of it."""
OF_ALL = lazy_pattern(
    r"^\W*(?P<list>[^.;:()]*?(?:,|\band\b)[^.;:()]*?)\b(?:are|were)(?: both| all| each)? "
    r"(?P<what>(?:negative|normal|absent|unremarkable|intact|preserved|unaffected|not present)\b.*)$",
    re.I | re.S,
)
IS_ONLY = lazy_pattern(
    r"^\W*(?:(?:is|are|was|were|feels?|felt|went|goes|became|becomes|(?:has|have|had) (?:gone|become|been))\W+)"
    r"(?:(?:very|quite|also|now|so|rather|completely|totally|all)\W+)*\w+\W*$", re.I
)
""" "Is numb", of what was spoken of before."""
COMPLAINS = lazy_pattern(
    r"^(?P<what>(?:[\w-]+ ){1,4}?)(?:constantly |always |often |now |still )*(?:ache[sd]?|aching|hurts?|tingle[sd]?|burn(?:s|ed)?|cramp(?:s|ed)?|throb(?:s|bed)?|twitche[sd]|"
    r"drops?|buckle[sd]?|swells?|swelled)\b", re.I
)
PAIN_SINCE = lazy_pattern(r"\b(?:since then|ever since|from then on|after that|afterwards)\b[^.;]*\bpain\b(?! (?:in|of|at|over|behind|around)\b)", re.I)
""" "Something popped in my calf. Since then the pain has got stronger": it is there."""
PERSON_DENIES = lazy_pattern(r"\b(?:denie[sd]|denying|had not noticed|has not noticed|did not report|reported no|reports no|was not aware)\b", re.I)
SEEN = lazy_pattern(r"\b(?:seen|found|noted|observed|elicited|detected|showed|shows|revealed|(?:on|at|to) (?:\w+ )?examination|there (?:was|were|is|are))\b", re.I)
""" "On examination", "was seen": somebody looked."""
BUT_NOW = lazy_pattern(r"\b(?:but|now|today)\W*$", re.I)
NOW_UNABLE = lazy_pattern(
    r"^\W*(?:(?:now|today|tonight|since then|i|he|she|they|we)\W+)*(?:can't|cannot|can not|couldn't|could not|can no longer)"
    r"(?: (?:now|any ?more|any longer|at all|today))*\W*$", re.I
)
IS_SO = lazy_pattern(r"^\W*(?P<what>(?:\w+ ){1,4}?\w+) (?:is|are|does|do|has|have)\W*$", re.I)
UNABLE_IT = lazy_pattern(
    r"\b(?P<verb>(?:can't|cannot|can not|couldn't|could not|can (?:hardly|barely)|could (?:hardly|barely)|unable to|not able to|no longer able to) "
    r"(?:even |really |properly )?(?:lift|move|feel|bend|raise|straighten|control|pull|push))"
    r" (?:it|them)\b(?P<rest>(?: (?:up|down|off the \w+|at all))?)"
    r"(?! (?:as|so|far|much|very|properly|fully|completely|well|enough|all the|further|beyond|past|without))", re.I
)
PART = lazy_pattern(r"\b(?:(?:left|right|both) )?(?:foot|feet|toes?|ankles?|knees?|thighs?|calf|calves|buttocks?|legs?|heels?|arms?|hands?|bladder|bowels?|eyelids?|face|head|tongue)\b", re.I)
NOT_SAID = lazy_pattern(
    r"\b(?:not|never) (?:been )?(?:formally |yet |specifically |fully |properly )?(?:described|mentioned|given|reported|recorded|documented|examined|tested|assessed|asked|stated|"
    r"told|known|specified|noted in|shown|available)\b|\b(?:untested|unrecorded|unknown|could not be (?:tested|examined|assessed))\b",
    re.I,
)
"""Nobody looked, or nobody wrote it down."""
BEFORE = lazy_pattern(
    r"\b(told (?:that )?(?:i|he|she) (?:has|have|had)|used to (?:have|be|get|suffer)|in the past|had once|once had|once (?:after|during|in|as|when|before)|previously had|formerly|as a (?:child|boy|girl|teenager|baby)|"
    r"in (?:his|her|my) (?:youth|childhood|twenties|teens)|"
    r"previous(?:ly)? (?:episode|attack)s? of|before (?:that|this) (?:he|she|i) (?:was|had)|until (?:then|now|recently|last)|"
    r"up to (?:then|now))\b",
    re.I,
)
"""Opens another time: it was so once."""
OVER = lazy_pattern(
    r"\b(?:(?:has|have|had) (?:since |now |fully |completely |all |largely )*"
    r"(?:resolved|settled|cleared|disappeared|healed|recovered|stopped|subsided|ceased|gone(?= away| down|\W*(?:$|[,;.]|(?:now|since|after|completely|by|with|but|and)\b)))|"
    r"(?:(?:that|which|and|then|since) )?(?:resolved|settled|subsided|stopped|ceased|cleared(?: up)?|recovered|disappeared|vanished|"
    r"went away|wore off|passed off)(?=\W*(?:$|[,;.]|(?:after|with|within|by|on|in|completely|fully|soon|again|spontaneously|over|when|"
    r"last|at|overnight|quickly|but|and|without|itself|by itself)\b))|"
    r"no longer (?:has|have|had|hurts?|there|present)|got (?:completely )?better|(?:is|are) over|back to normal|(?:has|have) none now)\b",
    re.I,
)
"""Says of its own subject alone that it is over."""
THEN = lazy_pattern(
    r"\b(?:the (?:evening|day|night|week|month|year) before|the previous (?:day|evening|night|week)|at first|initially|at that time|"
    r"to begin with)\b", re.I
)
"""What was absent then may be there now."""
NONE_NOW = lazy_pattern(r"^\W*(?:(?:i|he|she|there) )?(?:has|have|is|are|had) (?:now )?none\b|^\W*not (?:now|any ?more)\b", re.I)
NOW = lazy_pattern(r"\b(?:now|again|since|today|meanwhile|later)\b", re.I)
STILL_SO = lazy_pattern(r"\b(?:did|has|have|does|do|was|were|is|are)(?: not|n't)\W*$", re.I)
""" "The pain settled but the foot drop did not"."""
RELATIVE = lazy_pattern(
    r"\b(?:(?:my|his|her|the(?: patient's| boy's| girl's| child's)?|a|an|one|two|three|several|maternal|paternal|older|elder|"
    r"younger|both|whose|their|first|second|no) )+(?:affected |deceased |late |(?:non-)?identical |twin |half-|step-?)*"
    r"(mothers?|fathers?|mum|mom|dad|parents?|brothers?|sisters?|siblings?|uncles?|aunts?|cousins?|grand(?:mother|father|parents?|"
    r"ma|pa|dad|mum)s?|nephews?|nieces?|sons?|daughters?|twin|wife|husband|partner|(?<!\bthe )child|children|relatives?|family|"
    r"friends?|neighbou?rs?|colleagues?|boss|boyfriend|girlfriend|flatmate|workmate|mate|roommate)"
    r"(?:(?:'s)? (?:side|members?))?\b",
    re.I,
)
FAMILY = lazy_pattern(
    r"\b(family history|in the family|in (?:my|his|her) family|runs? in (?:the |my |his |her )?family|family members?|relatives?|"
    r"familial)\b",
    re.I,
)
OF_RELATIVE = lazy_pattern(
    r"^'s? (?!side\b|family\b)\w|^\W*(?:(?:also|too|of (?:mine|his|hers|ours)|at work|twin|next door|once|both|all|who|and (?:my|his|her) \w+|on (?:my|his|her) (?:mother|father)'s side)\W+)*(?:has|have|had|"
    r"suffers?|suffered|was|were|is|are|died|walks?|walked|needed|needs|uses|used|got|gets|with|who|takes|"
    r"developed|began|complains?|lost|limps?|cannot|can't|could|couldn't|became)\b",
    re.I,
)
"""What follows the name of a relative where the relative is the one spoken of ("his mother had ...", not "he visited his mother")."""
DATED = lazy_pattern(r"\b(?:since|for (?:the )?(?:last |past )?(?:\d|a |two|three|four|several|some|many)|ago)\b", re.I)
STRANGER = lazy_pattern(r"friend|neighbou?r|colleague|boss|mate$|wife|husband|partner", re.I)
"""Not of the same blood."""
WITNESS = lazy_pattern(
    r"\b(?:according to )?(?:my|his|her|the|our|their)(?: \w+)? ?(?:mothers?|fathers?|mum|mom|dad|parents|brothers?|sisters?|sons?|daughters?|"
    r"wife|husband|partner|friends?|family|children|colleagues?|teacher|carers?|neighbou?rs?|gp|doctor|physio\w*|nurse) "
    r"(?:has |have |had |also |first |often |always )*"
    r"(?:notic(?:es?|ed)|says?|said|reports?|reported|tells?|told (?:me|him|her|us|them)|saw|sees?|seen|observed?|found|finds?|describe[sd]?|"
    r"complain(?:s|ed)|remark(?:s|ed)|point(?:s|ed) out|states?|stated|confirm(?:s|ed))\b(?: that\b)?(?! (?:it|this|nothing|no)\b)|"
    r"\baccording to (?:my|his|her|the|their) \w+",
    re.I,
)
"""A relative who tells of the person, not of themselves; blotted out."""
SELF = lazy_pattern(
    r"\b(i|mine|i'm|i've|my (?!mother|father|mum|mom|dad|parent|brother|sister|sibling|uncle|aunt|cousin|grand|son|daughter|wife|husband|"
    r"partner|family|niece|nephew)\w+|he|she|patient|himself|herself|his (?:left|right|own|legs?|foot|feet|calf|calves)|her (?:left|"
    r"right|own|legs?|foot|feet|calf|calves))\b",
    re.I,
)
VERB = frozenset(
    "move moves moved is am are was were be has have had feels felt gets got became become becomes began begun started developed noticed notices complains complained "
    "shows showed walks walked can cannot can't could couldn't came comes went goes takes took remains remained seems does did lies woke wakes "
    "describes described reports reported says said smokes drinks uses lives works drags leaks suffers needs sleeps eats fell lost gave gives i've i'm he's she's it's there's denies denied".split()
)
"""A part of a sentence with one of these stands on its own: a denial before it does not reach it."""
LINKING = lazy_pattern(
    r"(?=\b(?:could not|cannot|can not|couldn't|can't) be\b)|\b(?:is|are|was|were|be|been|being|remains?|remained|seems?|appears?|appeared|becomes?|became|has become|have become|feels?|"
    r"felt|looks?|looked|measures?|measured|tested|scored|graded|at|were all|can be|reach(?:es|ed)?)\b|(?<=\w): ",
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
UNREMARKABLE = lazy_pattern(
    r"\bno (?:known |relevant )?family history\W*$|\b(?:unremarkable|negative|non-?contributory|nil|none|clear)\b|\bno relevant\b|\b(?:nobody|no one|none|neither|no other|not)\b.*\b(?:like|similar\w*|same|affected)\b", re.I
)
"""Said of the family as a whole."""
CONTROL = lazy_pattern(r"\b(?:control|function|feeling|sensation|urge|tone|power|strength)\b", re.I)
CAPACITY = frozenset("sensory bladder bowel bowels sphincter sphincters swallowing speech speaking walking hearing seeing vision sight sleep waterworks continence".split())
"""Named alone in a denial they mean their trouble: "no back pain, bladder or bowel trouble" says that the bladder works."""
OTHER_QUALITY = lazy_pattern(
    r"\b(soft|warm|cool|cold|pink|heavy|freely|stable|clear|moves? (?:little|well)|tight|different|connected|compared|degrees)\b", re.I
)
"""Said of a part without a noun such as strength or feeling, these speak of something else."""
VITAL = lazy_pattern(r"\b(temperature|pulse|blood pressure|heart rate|breathing|vital signs|respirations?|oxygen)\b", re.I)
NO_LIST = lazy_pattern(
    r"^\W*(?:(?:i|he|she|there|it|they|the \w+)\s+)?(?:has|have|had|is|was|are|were|feels?|reports?|complains? of)?\s*"
    r"(?:no|without|denie[sd]|denying|never|not)\b", re.I
)
OR_NEXT = lazy_pattern(r"\W{0,3}(?:or|nor)\b", re.I)
ROOT = lazy_pattern(r"[ltcs]\d{1,2}", re.I)
WHERE_GRADED = lazy_pattern(r"\b(proximally|distally)\b", re.I)
NEAR_OR_FAR = lazy_pattern(r"^(?:proximal|distal) ", re.I)
OR_AHEAD = lazy_pattern(r"^[^;:]*?\b(?:or|nor)\b", re.I)
_LEFT_WHOM = "|".join(f"(?<=\\b{w} )" for w in "muscle muscles strength power feeling sensation bulk control wife husband girlfriend boyfriend partner he she they who".split())
IDIOM = lazy_pattern(
    r"\bpain ?killers?\b|\bpain in the (?:neck|backside)(?= to\b)|\bpain (?:relief|medic\w+|clinic|tablets?|management)\b|\b(?:do|does|did)(?: not|n't) touch it\b|"
    r"\b(?:looking|thinking) back\b|\b(?<!feel )(?<!feels )(?<!feeling )low down\b|\b(?:think|thinks|thought) nothing of (?:it|this|that)\b|"
    r"\bpregnancy(?=(?:,| and| or) (?:\w+ )?(?:birth|delivery|labour|labor)\b)|\baimed at (?:\w+ ){0,3}(?:strength\w*|power|balance|flexibility|pain|function)\b|"
    r"\bat the moment\b|\bkeeps? in touch\b|\bin touch\b|"
    r"\b(?:sick|doctor's|hospital|fit) notes?\b|\bon the other hand\b|\bfirst[- ]hand\b|\bon foot\b|\bback (?:home|to|from|in|at|"
    r"then|again)\b|\b(?:came|come|comes|went|go|goes|going|sent|get|got) back\b|\byears back\b|\bday by day\b|"
    r"\bface (?:to face|down|up)\b|\bshort of\b(?! (?:breath|full|normal))|\bleft (?:the|hospital|home|school|work|untreated|with|alone|over|me|him|"
    r"her)\b|\bright (?:away|now|after|before|from|then|in the|up to)\b|\bthat(?:'s| is) right\b|"
    r"\b(?:cardiac |heart )?catheter (?:treatments?|ablations?|procedures?|angiogra\w+|laboratory|studies)\b|"
    r"\b(?:cardiac|heart|central|venous|arterial|dialysis) catheter\w*\b|"
    r"\s[-–—]\s(?:(?:up|down|in|out|and|or|inwards?|outwards?|upwards?|downwards?|forwards?|backwards?|sideways)[ ,]*)+[-–—](?=\s)|"
    r"\ba cold(?= (?:shower|bath|drink|beer|day|night|morning|winter|room|swim|water|front|spell|wind|pack|compress|plunge)\b)|"
    r"\bepidural (?:abscess|ha?ematoma|collection|mass|fat|space|metastas\w+)\b|"
    rf"(?:{_LEFT_WHOM})left\b(?=\W*(?:$|[.,;:]|(?:in|me|him|her|us|but|so|now|last|on|after|since|because|years|months|weeks)\b))",
    re.I,
)
"""Turns of phrase whose words mean something else: blotted out."""
_SINCE_THE_BIRTH = lazy_pattern(r"\bsince the birth\b(?! (?:he|his|of (?:his|my) father)\b)", re.I)
_HAD_A_BABY = lazy_pattern(r"\b(?:had|having) (?:my|her|a|the|our) (?:first |second |third |fourth |new )?(?:baby|child|son|daughter)\b(?!'|.*\b(?:years|decades)\b)", re.I)
_HURT_MYSELF = lazy_pattern(r"\bhurt (?:my|him|her|your|them)sel(?:f|ves)\b", re.I)
_FEELING_GONE = lazy_pattern(
    r"((?<=\bthe )|(?<=\bmy )|(?<=\ball )|(?<=\bhis )|(?<=\bher ))(feeling|sensation|strength|power)((?: (?:in|of|on|from|below|between|around|round|under|over) (?:\w+ ){0,3}?\w+)?)"
    r" (?:has|have) (?:almost |all |completely |just |simply )?(?:gone|disappeared|vanished|left)\b(?! (?:me|back|down|up)\b)",
    re.I,
)
UNRELIEVED = lazy_pattern(
    r"\b(?:do|does|did)(?: not|n't) (?:respond|react) to (?:\w+ )?(?:strong |opioid |opiate )+(?:pain ?killers?|pain medic\w+|analgesi\w+|drugs)\b|"
    r"\b(?:do|does|did)(?: not|n't) (?:respond|react) to (?:oral |intravenous |iv )?(?:morphine|opioids|opiates)\b|"
    r"\b(?:even )?(?:the |my )?(?:strong(?:est)?|opioid|opiate) pain ?killers? (?:(?:do|does|did)(?: not|n't) (?:\w+ )?(?:touch|help|relieve|ease|shift|control)"
    r"|(?:do|did) nothing)(?: (?:for )?(?:it|the pain))?",
    re.I,
)
_LESS_CONTROL = lazy_pattern(r"\b(?:poor(?:er)?|less|reduced|weak|little) control (?:of|over) (?:the |his |her |my )?(bladder (?:and|or) (?:the )?bowels?)\b", re.I)
_WASTED_AWAY = lazy_pattern(r"\b((?:muscles?|calf|calves|thighs?|legs?|quads?|arms?|hands?)\b(?: \w+){0,5}? )wasted away\b", re.I)
_OTHER_ONE = lazy_pattern(r"\b(?:the|my|his|her) other (?P<part>\w+), (?:the|my|his|her) (?P<side>left|right)(?: one|(?: (?P=part)))?(?:,|(?=\W*$))", re.I)
_PAIN_SENSE = lazy_pattern(r"(?:(?<=\btouch, )|(?<=\btouch and )|(?<=sensation and )|(?<=pinprick, )|(?<=vibration, ))pain\b|\bpain(?= (?:and|or) temperature\b| (?:sense|sensation|perception)\b)", re.I)
_FROM_WHERE = lazy_pattern(
    r"\b(?:do|does|did)(?: not|n't) know where(?= (?:(?:that|this|it|these|those|they|i|he|she|(?:the|my|his|her|that|this) \w+) )(?:has |have |had |might have )?"
    r"(?:come|comes|came|got|gets|picked|caught|is coming|was coming)\b)",
    re.I,
)
_WARM_LEGS = lazy_pattern(
    r"\b(?:(?:both|the|my|his|her) )+(?:legs|feet) (?:are|were|feel|felt) (?:\w+ and )?(?:warm|pink)\b"
    r"(?! (?:and|to the touch and) (?:red|hot|swollen|tender|puffy|painful|sore))",
    re.I,
)
_A_COLD_LEG = lazy_pattern(r"\ban? (?=cold,? (?:\w+,? ){0,2}(?:foot|feet|legs?|toes?|calf|limb|hand|arm)\b)", re.I)
_PINS_AND_NEEDLES = lazy_pattern(r"\bpins (?:and|&|n) needles\b", re.I)
ALWAYS = (_PINS_AND_NEEDLES, _A_COLD_LEG, _WARM_LEGS, _FROM_WHERE, _OTHER_ONE, _PAIN_SENSE, _WASTED_AWAY, _LESS_CONTROL, UNRELIEVED, _FEELING_GONE, _HURT_MYSELF, _SINCE_THE_BIRTH, _HAD_A_BABY)
"""Put in plain words even within a phrase of the vocabulary."""
REWORDED = (
    (_SINCE_THE_BIRTH, "since delivery"),
    (_HAD_A_BABY, "gave birth"),
    (lazy_pattern(r"\bon (?:that|this|the same|the affected) side\b", re.I), ""),
    (lazy_pattern(r"\(-\)"), "no"),
    (lazy_pattern(r"\(\+\)"), ""),
    (lazy_pattern(r"\b(?:afebrile|apyrexial)\b", re.I), "no fever"),
    (_HURT_MYSELF, "injured"),
    (_WASTED_AWAY, r"\1wasted"),
    (lazy_pattern(r"\bboth(?= (?:directions|ways|senses|modalities|times|occasions|ends)\b)", re.I), "all"),
    (_LESS_CONTROL, r"\1 trouble"),
    (lazy_pattern(r"\bstill works?\b(?=\W*(?:$|[.,;]|(?:and|but|normally|fine|well|perfectly|properly)\b))", re.I), "is fine"),
    (lazy_pattern(r"(?<=\bhad )a(?:ny)? (?:high )?temperature\b(?! of)", re.I), "fever"),
    (lazy_pattern(r"\b(?:just |slightly |a little |a bit |somewhat )*short of (?:full|normal)\b(?! (?:term|time))", re.I), "reduced"),
    (lazy_pattern(r"\bfrom (?:the|my|his|her|both|each) (?P<part>knees?|waist|navel|umbilicus|hips?|ankles?|shins?|calf|calves|elbows?) (?:down(?:wards?)?|on down)\b", re.I), r"below the \g<part>"),
    (lazy_pattern(r"\b(?P<can>can|could) neither (?P<first>\w+(?: \w+)?) nor\b", re.I), r"\g<can>not \g<first>,can't"),
    (_FROM_WHERE, ""),
    (lazy_pattern(r"\bmouth sores?\b", re.I), "oral ulcers"),
    (lazy_pattern(r"\bsores? (?=(?:in|on) (?:the |my |his |her )?(?:mouth|lips?|tongue|genitals)\b)", re.I), "ulcer "),
    (_WARM_LEGS, ""),
    (
        lazy_pattern(r"\blost (?:(?:about|over|nearly|almost|some|around|roughly|at least|more than) )*(?:\d+(?:[.,]\d+)?|\w+teen|\w+ty|ten|twelve|two|three) ?(?P<unit>pounds|lbs?|kgs?|kilos?|kilograms?|stones?)\b", re.I),
        r"lost \g<unit>",
    ),
    (lazy_pattern(r"\b(?:will not|would not|won't|wouldn't|refuses to|refused to)(?= (?:walk|stand|bear|put|use)\b)", re.I), "can't"),
    (_A_COLD_LEG, ""),
    (_PINS_AND_NEEDLES, "tingling"),
    (_PAIN_SENSE, "sens"),
    (_OTHER_ONE, r"the \g<side> \g<part>"),
    (
        lazy_pattern(
            r"\bto (?:prevent|avoid|ward off|protect against|guard against|keep away) (?:\w+ ){0,3}?"
            r"(?:clots?|clotting|thrombos[ie]s|dvts?|embol\w+|strokes?|infections?|osteoporosis|gout|fits|seizures|malaria|migraines?|rejection)\b",
            re.I,
        ),
        "",
    ),
    (
        lazy_pattern(
            r"\btemperature(?=(?: (?:sense|sensation|feeling|perception))?(?:,| and| or)? (?:\w+ ){0,2}?(?:(?:is|are|was|were) (?:\w+ )?"
            r"(?:reduced|lost|impaired|absent|diminished|decreased|blunted|altered)|(?:pain|pinprick|touch|vibration)\b))|"
            r"(?:(?<=touch and )|(?<=pain and )|(?<=pinprick and )|(?<=prick and ))temperature\b",
            re.I,
        ),
        "pinprick",
    ),
    (lazy_pattern(r"\bmovements?(?= (?:(?:is|are|was|were|remains?) )(?:\w+ )?(?:limited|restricted|stiff|painful)\b)", re.I), "range"),
    (HABITUAL, ""),
    (lazy_pattern(r"\b(?:(?:there is|there's|has|have) )?nothing (?:is |at all )?(?:wrong|the matter|amiss) with\b", re.I), "no problem with"),
    (lazy_pattern(r"\bnot (?:quite |at all )?right\b(?=\W*(?:$|[.,;]|(?:and|but|since|for)\b))", re.I), "abnormal"),
    (lazy_pattern(r"(?<!\bnot )\ball ?right\b", re.I), "fine"),
    (lazy_pattern(r"\b(?:put(?:ting)?|puts) on (?:\w+ ){0,3}?(?:weight|stones?|pounds|lbs|kilos?|kg)\b(?! (?:bearing|on)\b)", re.I), "gained weight"),
    (lazy_pattern(r"\b(?:can't|cannot|couldn't|could not|can not) (?:get|keep) it up\b(?=\W*(?:$|[.,;]|(?:any ?more|at|now|since|for|in|with|and|or)\b))", re.I), "impotent"),
    (lazy_pattern(r"\b(?:(?:\d|[12]\d) units (?:of alcohol )?(?:a|per|each|every) week)\b", re.I), ""),
    (lazy_pattern(r"\b(?:[3-9]\d|\d{3}) units (?:of alcohol )?(?:a|per|each|every) week\b", re.I), "alcohol excess"),
    (
        lazy_pattern(
            r"\b((?:muscles?|quads?|quadriceps|hamstrings?|bulk|glutes)(?: (?:in|of|on) (?:\w+ ){1,3}?\w+)?) (?:has|have)"
            r" (?:almost |all |completely |just |simply )?(?:gone|disappeared|vanished|melted)(?: away)?(?=\W*(?:$|[.,;]|(?:in|on|and|but|now|over|since|completely|from)\b))",
            re.I,
        ),
        r"\1 wasted",
    ),
    (_FEELING_GONE, r"\2\3 lost"),
    (lazy_pattern(r"\b(?:do|does|did|could|can)(?: not|n't) manage to\b|\b(?:(?:ha(?:ve|s|d)(?: not|n't)(?: been)?|(?:is|was|are|were|am)(?: not|n't)) able to)\b", re.I), "cannot"),
    (lazy_pattern(r"\b(since|until|till|after|before|when) (?:i|he|she|they) (?:was|were)(?= (?:about |around |only |just )?\d)", re.I), r"\1 age"),
    (FOUND_THERE, ""),
    (LOST_CONTROL, "has no"),
    (WITNESS, ""),
    (NO_MATTER, ""),
)
"""Put in plain words of at most the same length, so that every place in the text stays where it is."""
