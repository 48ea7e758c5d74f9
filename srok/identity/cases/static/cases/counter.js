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

  // The other script: usual spellings are offered, an officer takes one or none.
  var asked = 0, pause = 0;
  function offer(name, found) {
    var field = form.querySelector("[name='" + name + "']"), list = document.getElementById("usual_" + name);
    if (list) { list.remove(); }
    if (!field || field.value || !found.length) { return; }
    list = document.createElement("ul");
    list.className = "srok-suggest"; list.id = "usual_" + name;
    list.setAttribute("aria-label", form.dataset.usual);
    found.forEach(function (text) {
      var item = document.createElement("li"), button = document.createElement("button");
      button.type = "button"; button.textContent = text; button.lang = name.slice(-3) === "_km" ? "km" : "km-Latn";
      button.addEventListener("click", function () {
        field.value = text; list.remove(); field.focus();
        field.dispatchEvent(new Event("change", { bubbles: true }));
      });
      item.appendChild(button); list.appendChild(item);
    });
    field.insertAdjacentElement("afterend", list);
  }
  form.addEventListener("input", function (event) {
    var name = event.target.name || "";
    if (!/_(km|latin)$/.test(name)) { return; }
    window.clearTimeout(pause);
    pause = window.setTimeout(function () {
      var mine = ++asked, query = "?field=" + encodeURIComponent(name) + "&text=" + encodeURIComponent(event.target.value);
      window.fetch(form.dataset.spelling + query, { credentials: "same-origin" })
        .then(function (answer) { return answer.ok ? answer.json() : { suggestions: [] }; })
        .then(function (said) { if (mine === asked && said.field) { offer(said.field, said.suggestions); } })
        .catch(function () {});
    }, 250);
  });
});
