// Timers and counters of the measures. The page works without them: they only fill in the form below.
(function () {
  "use strict";
  var BEAT_S = 1; // 60 beats a minute: up on one, down on the next

  function guide(box) {
    var kind = box.dataset.guide;
    var length = Number(box.dataset.seconds);
    var ready = Number(box.dataset.ready);
    var find = function (name) { return box.querySelector("[data-" + name + "]"); };
    var clock = find("clock"), count = find("count"), say = find("say"), pulse = find("pulse");
    var start = find("start"), stop = find("stop"), again = find("again"), tap = find("tap");
    var metres = document.getElementById("guide-metres");
    var value = document.getElementById("id_value");
    var counts = kind !== "stopwatch" && kind !== "walk";
    var taps = kind === "countdown" || kind === "tally" || kind === "laps";
    var state = "idle", began = 0, counted = 0, beats = -1, ticking = null, spoken = -1;

    box.hidden = false;
    find("counted").hidden = !counts;
    tap.hidden = !taps;

    function now() { return performance.now() / 1000; }
    function show(seconds) { clock.textContent = Math.max(seconds, 0).toFixed(1); }
    function tell(words) { if (say.textContent !== words) say.textContent = words; }
    function buzz() { if (navigator.vibrate) navigator.vibrate(200); }

    function set(next) {
      state = next;
      start.disabled = next !== "idle";
      stop.disabled = next !== "ready" && next !== "running";
      again.disabled = next !== "done";
      tap.disabled = next !== "running";
    }

    function begin() {
      counted = 0; beats = -1; spoken = -1; count.textContent = "0";
      began = now() + ready;
      set("ready");
      tell("Get into place.");
      stop.focus();
      ticking = window.setInterval(tick, 50);
      tick();
    }

    function tick() {
      var passed = now() - began;
      if (passed < 0) {
        show(-passed);
        if (pulse) pulse.textContent = String(Math.ceil(-passed));
        return;
      }
      if (state === "ready") { set("running"); tell("Go!"); buzz(); if (taps) tap.focus(); }
      show(kind === "countdown" || kind === "laps" ? length - passed : passed);
      if (kind === "beat") beat(passed);
      if (length && passed >= length) return end(length);
      var tens = Math.floor(passed / 10);
      if (tens > 0 && tens !== spoken && kind !== "beat") { spoken = tens; tell(tens * 10 + " seconds."); }
    }

    function beat(passed) {
      var beatNow = Math.floor(passed / BEAT_S);
      if (beatNow === beats) return;
      beats = beatNow;
      var up = beats % 2 === 0;
      pulse.textContent = up ? "Up" : "Down";
      pulse.className = "pulse " + (up ? "up" : "down");
      if (up && beats > 0) { counted += 1; count.textContent = String(counted); }
    }

    function add() {
      if (state !== "running") return;
      counted += 1;
      count.textContent = String(counted);
    }

    function end(seconds) {
      window.clearInterval(ticking);
      if (state === "ready") { set("idle"); show(0); tell("Stopped before it began."); if (pulse) pulse.textContent = "Ready"; start.focus(); return; }
      set("done");
      buzz();
      if (pulse) { pulse.textContent = "Done"; pulse.className = "pulse"; }
      var result = outcome(seconds);
      if (result === null) { tell("Stopped. Give the length of the way above, then measure again."); return; }
      value.value = result;
      tell("Done: " + result + ". It stands in the form below; mend it if it is not right.");
      again.focus();
    }

    function outcome(seconds) {
      if (kind === "stopwatch") return seconds.toFixed(1);
      if (kind === "walk") return Number(metres.value) > 0 && seconds > 0 ? (Number(metres.value) / seconds).toFixed(2) : null;
      if (kind === "laps") return Number(metres.value) > 0 ? String(Math.round(counted * Number(metres.value))) : null;
      return String(counted);
    }

    start.addEventListener("click", begin);
    stop.addEventListener("click", function () { end(now() - began); });
    again.addEventListener("click", function () { set("idle"); show(0); count.textContent = "0"; tell("Ready."); if (pulse) pulse.textContent = "Ready"; start.focus(); });
    tap.addEventListener("click", add);
    show(0);
    set("idle");
  }

  document.addEventListener("DOMContentLoaded", function () { document.querySelectorAll("[data-guide]").forEach(guide); });
})();
