// Keeps what is typed and chosen at once, so that a power cut loses at most the field being typed.
"use strict";
document.addEventListener("DOMContentLoaded", function () {
  var form = document.querySelector("form[data-keep]");
  if (!form || !window.fetch || !window.FormData) { return; }
  var told = form.querySelector(".srok-kept"), busy = false, again = false, files = {}, timer = 0;
  var QUIET = 1200;
  function keep() {
    window.clearTimeout(timer);
    if (busy) { again = true; return; }
    busy = true; again = false;
    var data = new FormData(form), sent = files;
    files = {};
    Array.prototype.forEach.call(form.querySelectorAll("input[type=file]"), function (field) {
      if (!sent[field.name]) { data.delete(field.name); }
    });
    window.fetch(form.dataset.keep, { method: "POST", body: data, credentials: "same-origin", keepalive: !Object.keys(sent).length })
      .then(function (answer) {
        if (answer.status === 204) { told.textContent = form.dataset.kept; return; }
        return answer.text().then(function (words) { told.textContent = answer.status === 409 ? words : form.dataset.notKept; });
      })
      .catch(function () { Object.assign(files, sent); told.textContent = form.dataset.notKept; })
      .then(function () { busy = false; if (again) { keep(); } });
  }
  form.addEventListener("change", function (event) {
    if (event.target.type === "file") { files[event.target.name] = true; }
    if (event.target.name) { keep(); }
  });
  form.addEventListener("input", function (event) {
    if (event.target.type === "file") { return; }
    window.clearTimeout(timer);
    timer = window.setTimeout(keep, QUIET);
  });
  form.addEventListener("submit", function () { window.clearTimeout(timer); });
});
