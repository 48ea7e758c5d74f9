"use strict";
// One page, no network, nothing stored: what is typed stands in this page and in the picture it draws, nowhere else.
(function () {
  var ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", HIGHEST = 25;
  var plan = JSON.parse(document.getElementById("plan").textContent);
  var root = document.documentElement, form = document.getElementById("form");
  var out = document.getElementById("qr"), told = document.getElementById("told"), result = document.getElementById("result");

  function speak(language) {
    root.lang = language;
    document.title = document.querySelector("h1 ." + language).textContent;
    document.querySelectorAll("option[data-km]").forEach(function (one) { one.textContent = one.dataset[language]; });
    document.querySelectorAll(".langs button").forEach(function (one) { one.setAttribute("aria-pressed", String(one.dataset.language === language)); });
  }
  document.querySelectorAll(".langs button").forEach(function (one) {
    one.addEventListener("click", function () { speak(one.dataset.language); });
  });

  function cells() {
    var found = {};
    Object.keys(plan.keys).forEach(function (name) {
      var fields = form.querySelectorAll("[name='" + name + "']"), ticked = [];
      fields.forEach(function (field) {
        if (field.type === "checkbox") { if (field.checked) { ticked.push(field.value); } }
        else if (field.value.trim()) { found[name] = field.value.trim().slice(0, 300); }
      });
      if (ticked.length) { found[name] = ticked; }
    });
    return found;
  }
  function packed(found) {
    var short = {};
    Object.keys(plan.keys).forEach(function (name) {
      var key = plan.keys[name][0], place = plan.keys[name][1], value = found[name];
      if (value === undefined) { return; }
      if (place === null) { short[key] = value; return; }
      short[key] = short[key] || [];
      while (short[key].length <= place) { short[key].push(""); }
      short[key][place] = value;
    });
    return short;
  }
  function base45(bytes) {
    var text = "", i, n;
    for (i = 0; i + 1 < bytes.length; i += 2) {
      n = bytes[i] * 256 + bytes[i + 1];
      text += ALPHABET[n % 45] + ALPHABET[Math.floor(n / 45) % 45] + ALPHABET[Math.floor(n / 2025)];
    }
    if (i < bytes.length) { text += ALPHABET[bytes[i] % 45] + ALPHABET[Math.floor(bytes[i] / 45)]; }
    return text;
  }
  function textOf(found) {
    return plan.prefix + base45(new TextEncoder().encode(JSON.stringify(packed(found))));
  }
  function code(found) {
    try {
      var made = qrcode(0, "M");
      made.addData(textOf(found), "Alphanumeric");
      made.make();
      return (made.getModuleCount() - 17) / 4 <= HIGHEST ? made : null;
    } catch (problem) { return null; }
  }
  function draw(made) {
    var NS = "http://www.w3.org/2000/svg", side = made.getModuleCount() + 8, path = "", x, y, svg, white, dark;
    for (y = 0; y < made.getModuleCount(); y++) {
      for (x = 0; x < made.getModuleCount(); x++) { if (made.isDark(y, x)) { path += "M" + (x + 4) + " " + (y + 4) + "h1v1h-1z"; } }
    }
    svg = document.createElementNS(NS, "svg");
    svg.setAttribute("viewBox", "0 0 " + side + " " + side);
    svg.setAttribute("shape-rendering", "crispEdges");
    white = document.createElementNS(NS, "path"); white.setAttribute("fill", "#fff"); white.setAttribute("d", "M0 0h" + side + "v" + side + "h-" + side + "z");
    dark = document.createElementNS(NS, "path"); dark.setAttribute("fill", "#000"); dark.setAttribute("d", path);
    svg.appendChild(white); svg.appendChild(dark);
    out.textContent = ""; out.appendChild(svg);
  }
  function say(km, en) {
    told.querySelector(".km").textContent = km; told.querySelector(".en").textContent = en;
  }
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var found = cells(), left = [], made = code(found);
    plan.dispensable.forEach(function (name) {
      var gone = Object.keys(found).filter(function (one) { return one === name || (name === "relative" && one.indexOf("relative_") === 0); });
      if (made || !gone.length) { return; }
      gone.forEach(function (one) { delete found[one]; });
      left.push(name); made = code(found);
    });
    out.textContent = "";
    result.hidden = false;
    if (!made) { say(plan.words.never[0], plan.words.never[1]); }
    else {
      draw(made);
      if (left.length) {
        say(plan.words.left[0] + " " + left.map(function (one) { return plan.labels[one][0]; }).join("; "),
            plan.words.left[1] + " " + left.map(function (one) { return plan.labels[one][1]; }).join("; "));
      } else { say(plan.words.whole[0], plan.words.whole[1]); }
    }
    told.focus();
    result.scrollIntoView();
  });
  document.getElementById("print").addEventListener("click", function () { window.print(); });
  speak(root.lang);
}());
