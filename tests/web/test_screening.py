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


@pytest.mark.parametrize("sentence", DOSE)
def test_a_dose_is_seen(sentence: str) -> None:
    assert "dose" in [f.code for f in screen(sentence)]


@pytest.mark.parametrize("sentence", STOP)
def test_a_medicine_stopped_is_seen(sentence: str) -> None:
    assert "stop-medicine" in [f.code for f in screen(sentence)]


@pytest.mark.parametrize("sentence", DELAY)
def test_care_put_off_is_seen(sentence: str) -> None:
    assert "delay" in [f.code for f in screen(sentence)]


@pytest.mark.parametrize("sentence", PASSES)
def test_what_harms_nobody_passes(sentence: str) -> None:
    assert screen(sentence) == ()


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
