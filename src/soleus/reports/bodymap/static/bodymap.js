/* The body map with a script: regions of the pictures become checkboxes that stand for those of the form.
   Page: [data-bodymap] holds the pictures, the form (inputs named "marks", value "region:mark"), buttons [data-choose="weak"],
   and if wanted [data-undo] and a live region [data-say]. Without this script the regions are links to the form. */
(() => {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg", STEP = 30;
  const COLOURS = {weak: "#c8560c", wasted: "#8f6f14", painful: "#d13352", numb: "#2a76c6", cramping: "#8a55d6", swollen: "#15806f"};

  function start(root) {
    if (root.dataset.ready) return;
    root.dataset.ready = "yes";
    const boxes = [...root.querySelectorAll('input[name="marks"]')];
    const regions = [...root.querySelectorAll("[data-region]")];
    const buttons = [...root.querySelectorAll("[data-choose]")];
    const undo = root.querySelector("[data-undo]"), live = root.querySelector("[data-say]");
    const names = new Map(regions.map(r => [r, r.getAttribute("aria-label").split(":")[0]]));
    const done = [];
    let chosen = "weak";

    const box = (region, mark) => boxes.find(b => b.value === region + ":" + mark);
    const word = b => b.dataset.word || b.value.split(":")[1];
    const say = text => { if (live) live.textContent = text; };
    const markOf = r => r.dataset.only || chosen;

    function shown(r) {
      const side = r.dataset.region.match(/-(left|right)$/);
      return boxes.filter(b => {
        const [region, mark] = b.value.split(":");
        if (!b.checked) return false;
        if (!r.dataset.only) return region === r.dataset.region;
        if (region === r.dataset.region) return mark === r.dataset.only;
        return b.dataset.finding === r.dataset.shows && (!side || region.endsWith(side[0]));
      });
    }

    function paint(r) {
      const on = shown(r), shape = r.querySelector("use"), svg = r.ownerSVGElement;
      const marks = on.map(b => b.value.split(":")[1]);
      const colour = COLOURS[marks[0]];
      const ink = {fill: colour, "fill-opacity": ".55", stroke: colour, "stroke-opacity": "1", "stroke-width": "4"};
      for (const name in ink)
        if (colour) shape.setAttribute(name, ink[name]); else shape.removeAttribute(name);
      const words = on.map(word).join(", ");
      r.setAttribute("aria-label", names.get(r) + (words ? ": " + words : ""));
      const own = box(r.dataset.region, markOf(r));
      r.setAttribute("aria-checked", String(r.dataset.only ? on.length > 0 : !!own && own.checked));
      r.setAttribute("aria-disabled", String(!own));
      const signs = svg.querySelector("[data-signs]");
      if (!signs || r.dataset.only) return;
      signs.querySelectorAll('[data-for="' + r.dataset.region + '"]').forEach(s => s.remove());
      const [x, y] = r.dataset.at.split(" ").map(Number);
      marks.forEach((mark, i) => {
        const sign = document.createElementNS(SVG, "use");
        sign.setAttribute("href", "#" + svg.dataset.prefix + "-" + mark);
        sign.setAttribute("data-for", r.dataset.region);
        sign.setAttribute("x", x);
        sign.setAttribute("y", y + STEP * (i - (marks.length - 1) / 2));
        signs.append(sign);
      });
    }

    function all() {
      regions.forEach(paint);
      buttons.forEach(b => b.setAttribute("aria-pressed", String(b.dataset.choose === chosen)));
      if (undo) undo.disabled = !done.length;
    }

    function set(b, on) {
      b.checked = on;
      b.dispatchEvent(new Event("change", {bubbles: true}));
    }

    function toggle(r) {
      const b = box(r.dataset.region, markOf(r)), name = names.get(r);
      if (!b) return say(name + " cannot be marked as " + markOf(r) + ".");
      const cleared = r.dataset.only && !b.checked ? shown(r) : [];
      if (cleared.length) cleared.forEach(c => set(c, false)); else set(b, !b.checked);
      say(name + ": " + word(b) + (b.checked ? "" : " taken away"));
    }

    function choose(mark) {
      chosen = mark;
      all();
      say("Marking: " + mark);
    }

    function go(r, key) {
      const way = {ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0]}[key];
      const [x, y] = r.dataset.at.split(" ").map(Number);
      let best = null, least = Infinity;
      for (const other of r.ownerSVGElement.querySelectorAll("[data-region]")) {
        const [u, v] = other.dataset.at.split(" ").map(Number);
        const ahead = (u - x) * way[0] + (v - y) * way[1], aside = Math.abs((u - x) * way[1]) + Math.abs((v - y) * way[0]);
        if (other !== r && ahead > 0 && ahead + 2 * aside < least) [best, least] = [other, ahead + 2 * aside];
      }
      if (best) best.focus();
    }

    regions.forEach(r => {
      r.setAttribute("role", "checkbox");
      r.addEventListener("click", event => { event.preventDefault(); toggle(r); });
      r.addEventListener("keydown", event => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.key === "Enter" || event.key === " ") toggle(r);
        else if (event.key.startsWith("Arrow")) go(r, event.key);
        else if (buttons[Number(event.key) - 1]) choose(buttons[Number(event.key) - 1].dataset.choose);
        else return;
        event.preventDefault();
      });
    });
    buttons.forEach(b => b.addEventListener("click", () => choose(b.dataset.choose)));
    if (undo) undo.addEventListener("click", () => {
      const last = done.pop();
      if (!last) return;
      set(last, !last.checked);
      done.pop();
      all();
      say("Taken back.");
    });
    root.addEventListener("change", event => {
      if (!boxes.includes(event.target)) return;
      done.push(event.target);
      all();
    });
    all();
  }

  const find = () => document.querySelectorAll("[data-bodymap]").forEach(start);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", find); else find();
  document.addEventListener("htmx:load", find);
})();
