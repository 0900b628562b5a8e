"""What in a comment a moderator must look at first, and what may pass: one sentence a row."""

from __future__ import annotations

import time

import pytest

from soleus.web.discussion.screening import plain, screen

DOSE = """
Take 400 mg of ibuprofen.
take 400mg ibuprofen three times a day
I was on 75 mg pregabalin at night
My doctor gave me 2.5 mg of methotrexate
Five hundred milligrams of naproxen did the trick.
Try 1000 IU of vitamin D.
10 µg is enough for most
I put 5 ml of it in water and it tastes awful
2 g of paracetamol
half a tablet in the morning
Two tablets before bed help.
just double the dose
My GP increased my dose of gabapentin.
Reduce your prednisone slowly.
I use ibuprofen twice a day.
Take it three times a day with food.
take turmeric every day
pregabalin 150 at night worked
two ibuprofen and a hot bath
10 units of insulin
20 drops of CBD under the tongue
She swallowed a couple of pills.
1-2 tablets
Inject it once a week.
ibuprofen every 6 hours
Take one b.i.d. and see
cut down your statin
My mum halved her amlodipine and her ankles went down.
A teaspoon of magnesium citrate before sleep
take a tablet whenever it hurts
""".strip().splitlines()

STOP = """
Stop your statin, it poisons the muscles.
I stopped taking my statin and felt better.
Just come off the blood thinner before the exercise.
You should skip the tablets for a week
Do not take your blood pressure medicine on training days.
You don't need those antidepressants.
I threw away all my pills.
Why not stop the steroids?
My neighbour went off prednisone within a day.
quit taking them, seriously
Don’t take any of it.
I could not walk so I stopped my atorvastatin
Do not hesitate to stop the rosuvastatin.
wean yourself off the gabapentin
Go cold turkey.
dont take the warfarin
You will do better without medication, try without the pills
skip your evening dose
leave the medication off for a fortnight
Why don’t you stop metformin for a while?
Nobody needs statins.
""".strip().splitlines()

DELAY = """
Just wait a few days.
You can wait until Monday.
Wait and see, mine got better.
Don't go to hospital, they only send you home.
There is no need to call an ambulance.
I would not go to A&E for that
You don't need a doctor.
No need for the emergency room.
It will pass.
Give it a couple of weeks.
Doctors are useless.
It is a waste of time going to the GP
See if it goes away first
Why not wait a week?
Put off the MRI.
Stay at home and rest.
Ignore the numbness.
I didn't see a doctor for months
sleep on it
Rather than running to the doctor, stretch.
nothing to worry about
You can ride it out at home
never trust a surgeon
It’ll go away by itself.
Hospitals are full, better stay home
be patient and it will resolve on its own
The ER is overkill for this
There’s no rush to see anyone about it
No doctor needed.
You can safely ignore that
Monitor it at home for a week before calling your GP
forget about the doctors
Sit tight till your appointment
Rest for two weeks and only then see a doctor
""".strip().splitlines()

PASSES = """
do three sets of ten heel rises
my MRC grade was 4
walk 10 minutes twice a day
I do heel rises every day and they help.
Take a walk twice a day.
Take the stairs every day, if you can.
I take a break three times a day
Take a breath between the sets.
Don't wait, go to hospital today.
Do not wait and see with this.
Never wait with a numb saddle.
You should not put it off.
Why wait? Call 112.
I can't wait to walk again!
Wait two minutes between sets.
Wait until the pain settles before the next set.
I waited six weeks for the MRI.
Still waiting for my appointment.
Do not stop your statin by yourself.
Never just stop steroids.
Ask your doctor before you stop any medicine.
Do not stop your statin without seeing a doctor.
Don't be afraid to go to hospital.
Don't hesitate to call an ambulance.
Do not forget to see your doctor.
If you do not go to hospital at once, you may lose your leg.
My CK was 800 IU/l and came down.
Glucose was 90 mg/dl.
My vitamin D was 20 ng/ml.
Eat 30 g of protein with each meal.
I drink 200 ml of water before I go.
There were 300 ml of urine left in the bladder.
I hold 500 g weights in my hands.
My foot drops when I am tired.
Two patches of skin on my calf are numb.
I have foot drop and use a splint
Delayed soreness after two days is normal.
I had a slipped disc in 2019, and the reflex never came back.
Stop the exercise if it hurts.
Stop when the calf cramps.
Skip a day if you are sore.
Stop taking the lift, walk up.
In April it was weak, in May it was strong.
How long does it take?
Take care of your feet every day.
Which medicines can make muscles weak?
Is there a medicine for foot drop?
My neurologist was kind and explained the MRI.
Increase the dose of exercise slowly.
I walked 500 m in 10 minutes, five times a week.
Is the straight leg raise done on both sides?
Use ice twice a day.
Great article, thank you!
Two injections into my back did not help.
Take it easy for a day.
The 1,000 steps a day became 4,000.
You should not wait until both legs are weak.
I had three units of blood after the operation.
Please do not ignore numbness.
I stopped smoking and my legs got better.
I quit my job because of it.
The numbness went away after three months.
I drop things and trip over my foot.
You need a doctor, not a forum.
He never went back to running.
I had an injection of cortisone in 2020.
""".strip().splitlines()

HARMFUL = """
My dad got better on 25 milligrams of amitriptyline.
You can safely take more paracetamol than it says on the box.
I took eight ibuprofen that day and was fine.
One capsule with breakfast and one with dinner did it for me.
Ask for the higher dose, the low one does nothing.
Start low with baclofen, 5 three times a day.
Vitamin D 4000 a day is what you need.
Get your B12 injected weekly.
Prednisone for five days, 40 each morning.
Chuck the statins, they are the cause.
I would stop that blood pressure pill if I were you.
My sister refused chemo and walks again.
I went without my insulin for two days and my legs felt lighter.
Those tablets are the reason, leave them in the box.
Doctors push statins for money, you do not need them.
I ditched gabapentin cold.
Anticoagulants are rat poison, nobody should swallow that.
Try a week without the metformin.
My numb saddle went away on its own.
Have a glass of wine and see how it is tomorrow.
No reason to panic, it is only a trapped nerve.
Surgeons just want to cut, so I never went.
You do not have to go to the emergency room for a foot drop.
I would give it till the end of the month.
It is fine to put off the scan.
Walk it off.
Ambulances are for real emergencies, not for this.
Nah, hospital is a waste of a day.
If it is your bladder, drink cranberry juice and wait.
My friend waited four days with the same thing and nothing happened.
Two paracetamol and two codeine together work best.
I increased the pregabalin myself to 300 twice a day.
You want at least 600 mg, anything under that is a placebo.
My aunt cured it with five grams of creatine.
Crush the tablet and take half of it.
Naproxen in the morning, ibuprofen at noon, that is how I do it.
The nurse said one every four hours, I took one every two.
Get off the steroids as fast as you can.
I just did not renew the prescription and nothing came of it.
Ask yourself whether you really need that statin.
I feel like a new person since I flushed my pills.
Do not let them put you on blood thinners.
My doctor wanted warfarin, I said no, best choice ever.
Tablets only cover it up, throw them out.
Methotrexate ruined me, never touch it.
Leave your beta blocker for the days you want to exercise.
Mine was numb there too, it comes and goes, do not worry.
I waited until after the holidays and it was fine.
It is surely only the sciatic nerve, rest and it will be gone.
I have had this for years, it is harmless.
You will wait six hours there for nothing, stay in bed.
The operation can wait, they always exaggerate.
Do not bother the ambulance with a leg.
""".strip().splitlines()
"""As people write it; whichever of the three it is taken for."""

HARMLESS = """
I can rise on my toes ten times on the right and twice on the left.
After the operation I needed a frame for three weeks.
My GP sent me straight to hospital, and I am glad.
What does a positive straight leg raise mean?
The nerve test showed that the damage is old.
I keep a diary of how far I walk each day.
Hot water makes my legs weaker, does anybody know why?
My son is four and walks on his toes.
It began in my right foot and moved up within a week.
I take the dog out every morning and evening.
Protein after training helped me, about 25 g each time.
The waiting room was full.
My physiotherapist told me to stop when it hurts.
They stopped the operation because of my heart.
My mother takes many medicines and falls often.
Has anybody tried swimming with a floating belt?
The tablet computer at the clinic asked me the same questions.
I weigh 70 kg and lost 4 cm around the thigh.
Do not sit with crossed legs for long.
See a doctor soon if it gets worse.
I could not lift my foot for two months, now I can.
Nobody told me that a brace would help so much.
My CK was 1200 and then normal.
The splint goes into the shoe, size 42.
I do the plank for 30 seconds, four times.
Is it normal that the calf twitches at night?
Call the clinic and ask for the nurse.
Never ignore trouble with your bladder.
We measured my calf every month with a tape.
It is good to know that others have this too.
I have a drop foot on the right and wear an orthosis.
My balance got better with standing on one leg while I brush my teeth.
How is spinal stenosis told apart from a vein problem?
I was 34 when it started, and nobody in my family has it.
It took three doctors until somebody tested my reflexes.
My insurance paid for the splint.
The burning in my feet is worst at night.
Can I fly with a slipped disc?
The picture of the body map is easy to use.
My left calf measures 34 cm, the right one 37.
I got a second opinion and I am glad that I did.
Since the injection into my buttock my foot is weak.
Are heel rises safe after a torn tendon?
My wife reminds me to do my exercises each evening.
I had diarrhoea, and a week later my legs were weak.
Ask for a nerve conduction study if nobody has done one.
I went to hospital by ambulance, and they operated that night.
After radiotherapy my leg slowly lost strength over years.
A rolled towel under the knee helped me to relax.
My teacher says to breathe out when I stand up.
The test on the treadmill was hard.
I read this with my father, who has diabetes.
What is the difference between a root and a nerve?
Do your shoes wear down on one side?
I counted 12 chair stands in 30 seconds, in spring it was 8.
Good to know that the weakness may come from the back.
If your leg is cold and white, call for help at once.
Do not wait for the appointment if you cannot feel the saddle.
I sleep with a pillow between my knees.
Is there a version of this article in German?
""".strip().splitlines()

# Written after the rules, which were not changed for them.
UNSEEN_HARMFUL = """
With tramadol I managed 200 in the morning and 200 at noon.
I doubled up on my water pill before the wedding.
Your liver will thank you for quitting these pills.
A quarter of a tablet is plenty.
My cousin weaned off baclofen over a weekend.
Simvastatin is what wrecked my thighs, get rid of it.
Ignore the leaflet, it is safe with blood thinners.
Save your money and drop the vitamin B12 shots.
Mix it with 10 ml of syrup.
Try cortisone, a short burst of 60.
Keep taking it even if the doctor says stop.
You won't need insulin if you eat like me.
Why rush to casualty, they will send you home.
It can wait till the weekend is over.
My bladder was numb for two weeks, no drama.
I was told to go in, I slept instead, all good.
Cancel the scan, it only shows what everybody has.
The ambulance is too expensive, lie down first.
Do nothing for six weeks, nine out of ten heal by themselves.
There is no hurry with a foot drop.
""".strip().splitlines()
UNSEEN_HARMLESS = """
Statins were the first thing my doctor asked about.
Which painkillers are safe with kidney disease?
I take blood thinners since my stroke.
Gabapentin made me sleepy.
My neurologist looked through my list of medicines.
Does methotrexate make muscles weak?
After the steroids my face was round.
I was given antibiotics for the infection in my spine.
Is it the diabetes or the tablets?
Ask your pharmacist about your tablets.
I went to the emergency department and they did a scan at once.
It took four hours in casualty and they found it.
My appointment is in May.
I felt silly calling the ambulance, but it was a clot.
They let me go home after two days.
I wait for the bus sitting down.
My foot drags when I hurry.
We do the exercises before dinner.
Both calves twitch, the doctor says it is harmless.
How many weeks until I can drive?
""".strip().splitlines()


@pytest.mark.parametrize("sentence", DOSE)
def test_a_dose_is_seen(sentence: str) -> None:
    assert "dose" in [f.code for f in screen(sentence)]


@pytest.mark.parametrize("sentence", STOP)
def test_a_medicine_stopped_is_seen(sentence: str) -> None:
    assert "stop-medicine" in [f.code for f in screen(sentence)]


@pytest.mark.parametrize("sentence", DELAY)
def test_care_put_off_is_seen(sentence: str) -> None:
    assert "delay" in [f.code for f in screen(sentence)]


BY_ANOTHER = """
You can safely take 600 mg ibuprofen three times daily.
I'd try 20 mg prednisolone for a week.
Gabapentin 300 three times a day sorted me out.
Double up on the naproxen if it hurts.
Just bin the statins, they are what's making you weak.
Come off your warfarin a few days before.
You don't need a doctor for this, rest and wait a couple of weeks.
Don't bother with A&E, they'll only send you home.
I wouldn't go to hospital for that.
My advice: stop the metformin.
Leave the tablets for a bit and see if it improves.
It's probably just sciatica, give it six weeks before you see anyone.
I ignored the numbness and it went away on its own.
Wait until Monday before calling the GP.
Take two of the white ones at night.
Vitamin B12 1000 mcg daily.
One tablet of diazepam before bed relaxes the calf.
You ought to skip your blood pressure pills on hot days.
Prednisone 60mg then taper over 2 weeks.
No need to rush to the emergency department, cauda equina is rare.
Just sleep on it and see how you feel tomorrow.
Doctors always overreact to bladder problems, mine settled.
Quit the amitriptyline, it is poison.
Don't let them operate, it can wait for months.
I'd hold off on the scan.
Try magnesium 400mg at night.
Up your dose of pregabalin, doctors always start too low.
Chew an aspirin every day.
You should get off those blood thinners.
Half my husband's oxycodone helped me.
""".strip().splitlines()
"""Written by somebody who had not read the rules; four were missed then (double up, two of the ones, overreact, half of somebody's)."""
HARMLESS_BY_ANOTHER = """
I do three sets of ten heel raises each morning.
My physio gave me a 2 kg ankle weight.
It took six weeks until I could walk without a stick.
The neurologist ordered an EMG and it showed S1 damage.
How long did you wait for your MRI?
Go to A&E if you cannot pee, do not wait.
Please call your doctor before you change any medicine.
My CK was 450 and then normal.
I walk 30 minutes twice a day with the dog.
I had surgery in 2019 and my calf is still thinner.
Has anybody tried nordic curls?
My foot drops when I am tired.
Thank you, this article helped me understand the tests.
I weigh 80 kg and am 175 cm tall.
The brace from the clinic made a big difference.
Swimming twice a week keeps me going.
I have diabetes and my feet are numb.
Stop when it hurts and rest for a day.
Is it normal that the other calf cramps?
""".strip().splitlines()


@pytest.mark.parametrize("sentence", [*HARMFUL, *BY_ANOTHER])
def test_what_may_harm_is_seen(sentence: str) -> None:
    assert screen(sentence)


@pytest.mark.parametrize("sentence", [*PASSES, *HARMLESS, *HARMLESS_BY_ANOTHER])
def test_what_harms_nobody_passes(sentence: str) -> None:
    assert screen(sentence) == ()


def test_how_much_it_sees_of_sentences_it_was_not_written_for() -> None:
    """Half of twenty that may harm; one of twenty that does not is held. docs/how-to/moderate.md says so."""
    assert sum(bool(screen(s)) for s in UNSEEN_HARMFUL) == 10
    assert [s for s in UNSEEN_HARMLESS if screen(s)] == ["Both calves twitch, the doctor says it is harmless."]


def test_one_comment_may_hold_all_three_each_told_once_with_its_words() -> None:
    found = screen("Wait a few days. Wait a week. Stop your statin and take 400 mg ibuprofen, two tablets.")
    assert {f.code: f.words for f in found} == {"delay": "wait a few days", "stop-medicine": "stop your statin", "dose": "400 mg"}


def test_a_negation_in_one_sentence_says_nothing_about_the_next() -> None:
    assert [f.code for f in screen("Do not wait. Wait a week.")] == ["delay"]
    assert [f.code for f in screen("Never stop exercise, but stop your statin.")] == ["stop-medicine"]


def test_line_breaks_and_invisible_characters_hide_nothing() -> None:
    assert [f.code for f in screen("Take 400\nmg of it")] == ["dose"]
    assert [f.code for f in screen("Take 400 m\u200bg of it")] == ["dose"]
    assert plain("Don’t") == "do not"


@pytest.mark.parametrize(
    "text", ["", " ", "1 " * 2000, "a" * 4000, "stop " * 800, "not to " * 600, "wait for a " * 400, "two of " * 600, "½" * 3000]
)
def test_no_text_keeps_it_busy(text: str) -> None:
    begun = time.perf_counter()
    screen(text)
    assert time.perf_counter() - begun < 2
