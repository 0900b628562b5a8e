// Small helps; every page works without them.
(function () {
  "use strict";
  function ready(root) {
    // After a form was sent back, readers of screens begin at what is wrong.
    var wrong = root.querySelector("[data-focus]");
    if (wrong) wrong.focus();
    root.querySelectorAll("input[data-select]").forEach(function (field) {
      field.addEventListener("focus", function () { field.select(); });
    });
    // What scrolls sideways can be reached by keyboard.
    root.querySelectorAll(".table").forEach(function (frame) {
      if (frame.scrollWidth > frame.clientWidth) frame.tabIndex = 0;
    });
    root.querySelectorAll("[data-print]").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () { window.print(); });
    });
  }
  document.addEventListener("DOMContentLoaded", function () { ready(document); });
  document.addEventListener("htmx:load", function (event) { if (event.detail.elt !== document.body) ready(event.detail.elt); });
})();
