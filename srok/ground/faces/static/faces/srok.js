// Small helps on top of pages that work without any script.
"use strict";
document.addEventListener("DOMContentLoaded", function () {
  // Errors first: readers of screens hear them, the keyboard starts there.
  var told = document.querySelector("[data-focus]");
  if (told) { told.focus(); }
  // A second press of the same button does nothing; the server would refuse the replay anyway.
  document.addEventListener("submit", function (event) {
    var button = event.target.querySelector("[data-once]");
    if (!button) { return; }
    if (button.getAttribute("aria-disabled") === "true") { event.preventDefault(); return; }
    button.setAttribute("aria-disabled", "true");
    window.setTimeout(function () { button.removeAttribute("aria-disabled"); }, 8000);
  });
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
});
