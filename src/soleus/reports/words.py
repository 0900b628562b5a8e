"""Names of levels, sides and urgencies as people read them."""

URGENCY = {
    "emergency": ("EMERGENCY", "Get help now: call an ambulance or go to an emergency department."),
    "same_day": ("TODAY", "Be seen by a doctor today."),
    "within_2_weeks": ("WITHIN TWO WEEKS", "Be seen by a doctor within two weeks; sooner if it gets worse."),
    "routine": ("ROUTINE", "Make an ordinary appointment; sooner if it gets worse."),
    "self_care": ("SELF-CARE", "Look after it at home; see a doctor if it does not get better or gets worse."),
}
LEVEL = {
    "brain": "Brain",
    "cord": "Spinal cord",
    "conus-cauda": "Conus or cauda equina",
    "anterior-horn": "Motor neurones (anterior horn)",
    "root": "Nerve root",
    "plexus": "Lumbosacral plexus",
    "nerve": "Nerve",
    "neuromuscular-junction": "Nerve-muscle junction",
    "muscle": "Muscle",
    "tendon": "Tendon",
    "vessel": "Blood vessel",
    "systemic": "Whole body or joint",
    "functional": "Functional (signal, not damage)",
}
SIDE = {"left": "left", "right": "right", "both": "both sides", "": ""}
ADVICE = "Soleus advises; it does not diagnose. What it says is only as good as what it was told."
