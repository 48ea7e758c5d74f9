// The page of the verifier: what it reads, and what it says in two languages.
(function () {
  "use strict";
  const { SAYS, Refused, run } = globalThis.SrokVerify;
  const by = (id) => document.getElementById(id);
  const bytesOf = async (file) => (file ? new Uint8Array(await file.arrayBuffer()) : undefined);

  function both(en, km, tag) {
    const out = document.createElement(tag || "p");
    for (const [lang, words] of [["km", km], ["en", en]]) {
      const part = document.createElement("span");
      part.lang = lang;
      part.textContent = words;
      out.append(part);
    }
    return out;
  }
  function say(...nodes) {
    by("result").append(...nodes);
  }
  function plain(text) {
    const out = document.createElement("code");
    out.textContent = text;
    return out;
  }
  async function fetched(path) {
    try {
      const answer = await fetch(`../${path}`, { cache: "no-store" });
      return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
    } catch {
      return null;
    }
  }
  function chosen(files) {
    const known = new Map();
    for (const file of files) known.set(file.webkitRelativePath.split("/").slice(1).join("/"), file);
    return async (path) => {
      const file = known.get(path);
      return file ? new Uint8Array(await file.arrayBuffer()) : null;
    };
  }
  function tellLog(log) {
    const box = document.createElement("section");
    box.append(plain(log.origin));
    box.append(both(`Everything holds: ${log.size} entries, every tile, every signature that a browser can check.`,
      `ត្រឹមត្រូវទាំងអស់៖ ធាតុ ${log.size} បន្ទះទាំងអស់ និងហត្ថលេខាទាំងអស់ដែលកម្មវិធីរុករកអាចពិនិត្យបាន។`));
    const names = Object.keys(log.cosigned);
    box.append(both(names.length ? `Cosigned by: ${names.join(", ")}` : "No witness has cosigned, and none was asked for.",
      names.length ? `សាក្សីរួមហត្ថលេខា៖ ${names.join(", ")}` : "គ្មានសាក្សីរួមហត្ថលេខា ហើយគោលការណ៍ក៏មិនទាមទារ។"));
    if (log.skipped.length) box.append(skipped());
    box.append(plain(log.root));
    return box;
  }
  function skipped() {
    return both("Not checked here: the ML-DSA-44 signatures. Browsers cannot; srok_verify.py does.",
      "មិនបានពិនិត្យនៅទីនេះ៖ ហត្ថលេខា ML-DSA-44។ កម្មវិធីរុករកមិនអាចទេ តែ srok_verify.py អាច។");
  }
  function tellReceipt(receipt) {
    const box = document.createElement("section");
    box.append(both("The receipt holds: its entry stands in the log, and the row is the one that was entered.",
      "បង្កាន់ដៃត្រឹមត្រូវ៖ ធាតុរបស់វាមានក្នុងកំណត់ហេតុ ហើយជួរគឺជាជួរដែលបានបញ្ចូល។"));
    box.append(plain(`${receipt.origin} ${receipt.index}`));
    if (receipt.skipped.length) box.append(skipped());
    const shown = document.createElement("pre");
    shown.textContent = JSON.stringify({ entry: receipt.entry, row: receipt.row }, null, 1);
    box.append(shown);
    return box;
  }
  function tellRefused(problem) {
    const code = problem instanceof Refused ? problem.code : "unreadable_file";
    const [en, km] = SAYS[code];
    const box = document.createElement("section");
    box.className = "bad";
    box.append(both(`This does not hold. ${en}`, `មិនត្រឹមត្រូវទេ។ ${km}`));
    box.append(plain(`verify.${code} ${problem instanceof Refused ? problem.where : String(problem)}`));
    return box;
  }
  async function check() {
    const files = by("folder").files;
    const web = location.protocol !== "file:";
    const get = files.length ? chosen(files) : web ? fetched : null;
    by("result").replaceChildren();
    by("check").disabled = true;
    by("progress").hidden = false;
    let state = "ok";
    try {
      const done = await run({
        get,
        policy: await bytesOf(by("policy").files[0]),
        receipt: await bytesOf(by("receipt").files[0]),
        old: await bytesOf(by("old").files[0]),
        folders: ["register", "election", ""],
        progress: (at, size) => {
          by("progress").value = at / size;
        },
      });
      if (!by("policy").files.length) {
        say(both("The keys are the folder's own: damage shows, a false folder does not. Choose a policy that you got elsewhere.",
          "សោទាំងនេះជារបស់ថតផ្ទាល់៖ ឃើញការខូច តែមិនឃើញថតក្លែង។ សូមជ្រើសគោលការណ៍ដែលបានពីកន្លែងផ្សេង។"));
      }
      say(...done.logs.map(tellLog), ...(done.receipt ? [tellReceipt(done.receipt)] : []));
    } catch (problem) {
      state = "bad";
      say(tellRefused(problem));
    }
    by("progress").hidden = true;
    by("check").disabled = false;
    by("result").dataset.state = state;
  }
  function speak(lang) {
    document.documentElement.lang = lang;
    for (const button of document.querySelectorAll("button[data-lang]")) {
      button.setAttribute("aria-pressed", String(button.dataset.lang === lang));
    }
  }
  for (const button of document.querySelectorAll("button[data-lang]")) {
    button.addEventListener("click", () => speak(button.dataset.lang));
  }
  speak(new URLSearchParams(location.search).get("lang") === "en" ? "en" : "km");
  by("check").addEventListener("click", check);
  by("check").disabled = false;
})();
