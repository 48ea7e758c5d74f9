// The camera of the portrait field: preview, oval, countdown, take, take again. Without it the file field stays.
// The shot goes into the form's own file field; its faults are asked of this very machine and shown at once.
"use strict";
document.addEventListener("DOMContentLoaded", function () {
  document.querySelectorAll("[data-camera]").forEach(function (box) {
    var input = document.getElementById(box.dataset.input);
    var media = navigator.mediaDevices;
    if (!input || !input.form) { return; }
    var find = function (name) { return box.querySelector("[data-" + name + "]"); };
    var video = find("video"), canvas = find("canvas"), stage = find("stage"), count = find("count");
    var said = find("said"), list = find("problems"), seconds = 3, stream = null, asked = 0, timer = 0;
    var show = function (name, yes) { find(name).hidden = !yes; };
    var say = function (words) { said.textContent = words; };
    box.hidden = false;
    if (!media || !media.getUserMedia || !window.DataTransfer) { show("open", false); }

    function close() {
      window.clearInterval(timer);
      count.hidden = true;
      if (stream) { stream.getTracks().forEach(function (track) { track.stop(); }); stream = null; }
      video.srcObject = null;
      box.dataset.live = "no";
    }
    function live() {
      list.replaceChildren();
      say(box.dataset.wait);
      var wanted = { facingMode: "user", width: { ideal: 1920 }, height: { ideal: 1440 } };
      media.getUserMedia({ audio: false, video: wanted }).then(function (found) {
        stream = found;
        video.srcObject = found;
        stage.hidden = false; video.hidden = false; canvas.hidden = true; find("oval").setAttribute("class", "srok-camera__oval");
        show("open", false); show("again", false); show("take", true); show("stop", true);
        say(box.dataset.ready);
        find("take").focus();
        return video.play();
      }).catch(function () { close(); stage.hidden = true; show("open", true); show("take", false); show("stop", false); say(box.dataset.none); });
    }
    function countdown() {
      var left = seconds;
      window.clearInterval(timer);
      count.textContent = left; count.hidden = false;
      timer = window.setInterval(function () {
        left -= 1;
        count.textContent = left || "";
        if (left <= 0) { window.clearInterval(timer); count.hidden = true; shoot(); }
      }, 1000);
    }
    function shoot() {
      var width = video.videoWidth, height = video.videoHeight;
      if (!stream || !width) { return; }
      var wide = Math.min(width, Math.round(height * 4 / 5)), high = Math.min(height, Math.round(wide * 5 / 4));
      canvas.width = wide; canvas.height = high;
      canvas.getContext("2d").drawImage(video, (width - wide) / 2, (height - high) / 2, wide, high, 0, 0, wide, high);
      close();
      video.hidden = true; canvas.hidden = false; find("oval").setAttribute("class", "srok-camera__none");
      show("take", false); show("stop", false); show("again", true);
      canvas.toBlob(function (blob) {
        var given = new DataTransfer();
        given.items.add(new File([blob], "portrait.jpg", { type: "image/jpeg" }));
        input.files = given.files;
        ask();
      }, "image/jpeg", 0.92);
    }
    function ask() {
      var file = input.files[0], mine = asked += 1, token = input.form.querySelector("[name=csrfmiddlewaretoken]");
      list.replaceChildren();
      if (!file) { say(""); return; }
      say(box.dataset.checking);
      var body = new FormData();
      body.append("portrait", file);
      fetch(box.dataset.url, { method: "POST", body: body, credentials: "same-origin", headers: { "X-CSRFToken": token ? token.value : "" } })
        .then(function (answer) { if (!answer.ok) { throw new Error(answer.status); } return answer.json(); })
        .then(function (verdict) {
          if (mine !== asked) { return; }
          box.dataset.ok = verdict.ok;
          say(verdict.ok ? box.dataset.good : box.dataset.bad);
          verdict.problems.concat(verdict.not_checked).forEach(function (one) {
            var line = document.createElement("li");
            line.textContent = one.words; line.dataset.code = one.code;
            list.append(line);
          });
        })
        .catch(function () { if (mine === asked) { say(box.dataset.later); } });
    }
    video.addEventListener("playing", function () { box.dataset.live = "yes"; });
    find("open").addEventListener("click", live);
    find("again").addEventListener("click", live);
    find("take").addEventListener("click", countdown);
    find("stop").addEventListener("click", function () {
      close(); stage.hidden = true; show("open", true); show("take", false); show("stop", false); say("");
    });
    input.addEventListener("change", function () { close(); stage.hidden = true; show("open", true); show("take", false); show("stop", false); show("again", false); ask(); });
    window.addEventListener("pagehide", close);
  });
});
