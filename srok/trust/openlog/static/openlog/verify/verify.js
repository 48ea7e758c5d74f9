// Checks a public log of Srok in a browser, or in Node: no library, no server. Written from RFC 6962, the C2SP pages
// (signed-note, tlog-checkpoint, tlog-tiles, tlog-cosignature, tlog-proof, tlog-policy) and docs/openlog.md.
// ML-DSA-44 signatures are not checked here, because browsers cannot: they are skipped, and the report says so.
(function (root) {
  "use strict";

  const WIDTH = 256, MAX_ENTRY = 8192, MAX_NOTE = 1 << 20, MAX_SIGNATURES = 64;
  const KEY_BYTES = { 1: 32, 4: 32, 6: 1312 }, SIGNATURE_BYTES = { 1: 64, 4: 72, 6: 2428 };
  const LIMIT = 1n << 63n;
  const SAYS = {
    unreadable_file: ["A file is missing or cannot be read.", "ឯកសារមួយបាត់ ឬអានមិនបាន។"],
    malformed_note: ["The signed checkpoint is not well formed.", "ចំណុចត្រួតពិនិត្យដែលមានហត្ថលេខាខុសទម្រង់។"],
    malformed_policy: ["The policy or one of its keys is not well formed.", "គោលការណ៍ ឬសោណាមួយក្នុងនោះខុសទម្រង់។"],
    malformed_receipt: ["The receipt is not well formed.", "បង្កាន់ដៃខុសទម្រង់។"],
    bad_signature: ["A signature of a known key is wrong.", "ហត្ថលេខានៃសោដែលស្គាល់មិនត្រឹមត្រូវ។"],
    not_signed: ["No log of the policy has signed this with a key that a browser can check.",
      "គ្មានកំណត់ហេតុណាក្នុងគោលការណ៍បានចុះហត្ថលេខាលើនេះ ដោយសោដែលកម្មវិធីរុករកអាចពិនិត្យបានទេ។"],
    quorum_missing: ["Too few witnesses have cosigned.", "សាក្សីដែលបានចុះហត្ថលេខារួមមិនគ្រប់ចំនួន។"],
    torn_tile: ["A tile or a bundle of entries is missing or cut.", "បន្ទះ ឬបណ្ដុំធាតុបាត់ ឬមិនពេញលេញ។"],
    tile_differs: ["A tile is not what its entries give.", "បន្ទះមួយមិនស្របនឹងធាតុរបស់វា។"],
    root_differs: ["The entries do not give the signed root.", "ធាតុទាំងអស់មិនផ្ដល់ឫសដែលបានចុះហត្ថលេខា។"],
    wrong_path: ["The path does not lead to the signed root.", "ផ្លូវភស្តុតាងមិននាំទៅដល់ឫសដែលបានចុះហត្ថលេខា។"],
    rewritten: ["The log is not a growth of its older state.", "កំណត់ហេតុមិនមែនជាការបន្តពីសភាពមុនរបស់វា។"],
    no_key: ["The commitment key is not known.", "មិនស្គាល់សោសាធារណៈសម្រាប់ផ្ទៀងផ្ទាត់ជួរ។"],
    opening_differs: ["Row and opening do not give the commitment.", "ជួរ និងកូនសោមិនផ្ដល់តម្លៃដែលមានក្នុងកំណត់ហេតុ។"],
    no_ed25519: ["This browser cannot check Ed25519 signatures. Use a newer one.",
      "កម្មវិធីរុករកនេះមិនអាចពិនិត្យហត្ថលេខា Ed25519 បានទេ។ សូមប្រើកម្មវិធីថ្មីជាងនេះ។"],
  };

  class Refused extends Error {
    constructor(code, where) {
      super(`${code} ${where || ""}`);
      this.code = code;
      this.where = String(where || "");
    }
  }
  function need(holds, code, where) {
    if (!holds) throw new Refused(code, where);
  }

  // --- bytes ---------------------------------------------------------------------------------------------------------
  const encoder = new TextEncoder();
  const utf8 = (text) => encoder.encode(text);
  const K = new Uint32Array(64);
  const H0 = new Uint32Array(8);
  (function constants() {
    // The first 32 bits of the fractional parts of cube and square roots of the first primes, by whole numbers.
    const rootOf = (value, power) => {
      let low = 0n, high = 1n << 64n;
      while (low < high) {
        const middle = (low + high + 1n) >> 1n;
        if (middle ** power <= value) low = middle;
        else high = middle - 1n;
      }
      return Number(low & 0xffffffffn);
    };
    let found = 0;
    for (let n = 2n; found < 64; n++) {
      let prime = true;
      for (let d = 2n; d * d <= n; d++) if (n % d === 0n) prime = false;
      if (!prime) continue;
      if (found < 8) H0[found] = rootOf(n << 64n, 2n);
      K[found++] = rootOf(n << 96n, 3n);
    }
  })();
  const W = new Uint32Array(64);

  function sha256(data) {
    const length = data.length, blocks = ((length + 8) >> 6) + 1;
    const padded = new Uint8Array(blocks * 64);
    padded.set(data);
    padded[length] = 0x80;
    const view = new DataView(padded.buffer);
    view.setUint32(blocks * 64 - 8, Math.floor(length / 0x20000000));
    view.setUint32(blocks * 64 - 4, (length << 3) >>> 0);
    const h = Uint32Array.from(H0);
    for (let block = 0; block < blocks; block++) {
      for (let i = 0; i < 16; i++) W[i] = view.getUint32(block * 64 + i * 4);
      for (let i = 16; i < 64; i++) {
        const x = W[i - 15], y = W[i - 2];
        const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
        const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
        W[i] = (W[i - 16] + s0 + W[i - 7] + s1) | 0;
      }
      let [a, b, c, d, e, f, g, k] = h;
      for (let i = 0; i < 64; i++) {
        const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
        const t1 = (k + s1 + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
        const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
        const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        k = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
      }
      h[0] += a; h[1] += b; h[2] += c; h[3] += d; h[4] += e; h[5] += f; h[6] += g; h[7] += k;
    }
    const out = new Uint8Array(32);
    const end = new DataView(out.buffer);
    for (let i = 0; i < 8; i++) end.setUint32(i * 4, h[i]);
    return out;
  }
  function join(...parts) {
    const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      out.set(part, at);
      at += part.length;
    }
    return out;
  }
  function same(one, other) {
    return one.length === other.length && one.every((byte, at) => byte === other[at]);
  }
  function hmac(key, data) {
    const block = new Uint8Array(64);
    block.set(key.length > 64 ? sha256(key) : key);
    const inner = sha256(join(block.map((byte) => byte ^ 0x36), data));
    return sha256(join(block.map((byte) => byte ^ 0x5c), inner));
  }
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  function unhex(text, code) {
    need(typeof text === "string" && /^([0-9a-f]{2})*$/.test(text), code, "hex");
    return Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
  }
  function base64(bytes) {
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  }
  function unbase64(text, code, length) {
    need(text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text), code, text.slice(0, 40));
    const raw = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    need(base64(raw) === text && (length === undefined || raw.length === length), code, text.slice(0, 40));
    return raw;
  }
  function number(text, code) {
    need(/^(0|[1-9][0-9]{0,18})$/.test(text) && BigInt(text) < LIMIT, code, text.slice(0, 40));
    return BigInt(text);
  }
  function text(bytes, code) {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      throw new Refused(code, "UTF-8");
    }
  }
  function u64(value) {
    const out = new Uint8Array(8);
    new DataView(out.buffer).setBigUint64(0, value);
    return out;
  }
  function canonical(value) {
    // RFC 8785 of what Srok writes: ASCII keys, whole numbers, text, lists, true, false, null.
    if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
    if (value !== null && typeof value === "object") {
      const names = Object.keys(value).sort();
      return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
    }
    return JSON.stringify(value);
  }

  // --- the tree ------------------------------------------------------------------------------------------------------
  const leafHash = (entry) => sha256(join(Uint8Array.of(0), entry));
  const nodeHash = (left, right) => sha256(join(Uint8Array.of(1), left, right));

  function treeHash(hashes) {
    if (!hashes.length) return sha256(new Uint8Array(0));
    let level = hashes;
    while (level.length > 1) {
      const above = [];
      for (let at = 0; at < level.length; at += 2) {
        above.push(at + 1 < level.length ? nodeHash(level[at], level[at + 1]) : level[at]);
      }
      level = above;
    }
    return level[0];
  }
  function checkLengths(hashes, code) {
    need(hashes.every((one) => one.length === 32), code, "length of a hash");
  }
  function checkInclusion(index, size, leaf, path, rootHash) {
    // RFC 9162 section 2.1.3.2.
    need(index >= 0n && index < size && size < LIMIT, "wrong_path", index);
    checkLengths([leaf, rootHash, ...path], "wrong_path");
    let fn = index, sn = size - 1n, r = leaf;
    for (const part of path) {
      need(sn !== 0n, "wrong_path", "too long");
      if (fn & 1n || fn === sn) {
        r = nodeHash(part, r);
        while (!(fn & 1n) && fn !== 0n) {
          fn >>= 1n;
          sn >>= 1n;
        }
      } else {
        r = nodeHash(r, part);
      }
      fn >>= 1n;
      sn >>= 1n;
    }
    need(sn === 0n && same(r, rootHash), "wrong_path", index);
  }
  function checkConsistency(old, size, oldRoot, newRoot, path) {
    // RFC 9162 section 2.1.4.2; a proof from the empty tree does not exist.
    need(old > 0n && old <= size && size < LIMIT, "rewritten", old);
    checkLengths([oldRoot, newRoot, ...path], "rewritten");
    if (old === size) {
      need(path.length === 0 && same(oldRoot, newRoot), "rewritten", old);
      return;
    }
    const parts = (old & (old - 1n)) === 0n ? [oldRoot, ...path] : path;
    need(parts.length, "rewritten", "too short");
    let fn = old - 1n, sn = size - 1n;
    while (fn & 1n) {
      fn >>= 1n;
      sn >>= 1n;
    }
    let fr = parts[0], sr = parts[0];
    for (const part of parts.slice(1)) {
      need(sn !== 0n, "rewritten", "too long");
      if (fn & 1n || fn === sn) {
        fr = nodeHash(part, fr);
        sr = nodeHash(part, sr);
        while (!(fn & 1n) && fn !== 0n) {
          fn >>= 1n;
          sn >>= 1n;
        }
      } else {
        sr = nodeHash(sr, part);
      }
      fn >>= 1n;
      sn >>= 1n;
    }
    need(sn === 0n && same(fr, oldRoot) && same(sr, newRoot), "rewritten", old);
  }

  // --- notes and policy ----------------------------------------------------------------------------------------------
  function parseKey(vkey) {
    const found = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/u.exec(vkey);
    need(found && utf8(found[1]).length < 256, "malformed_policy", vkey.slice(0, 60));
    const raw = unbase64(found[3], "malformed_policy");
    need(raw.length - 1 === KEY_BYTES[raw[0]], "malformed_policy", vkey.slice(0, 60));
    const id = hex(sha256(join(utf8(found[1]), Uint8Array.of(10), raw)).slice(0, 4));
    need(id === found[2], "malformed_policy", vkey.slice(0, 60));
    return { name: found[1], kind: raw[0], bytes: raw.slice(1), id };
  }
  function parseCheckpoint(note) {
    need(note.length <= MAX_NOTE, "malformed_note", "length");
    const whole = text(note, "malformed_note");
    // eslint-disable-next-line no-control-regex
    need(!/[\u0000-\u0009\u000b-\u001f]/.test(whole), "malformed_note", "control character");
    const cut = whole.lastIndexOf("\n\n");
    need(cut > 0 && whole.endsWith("\n"), "malformed_note", "no signature");
    const lines = whole.slice(cut + 2, -1).split("\n");
    need(lines.length <= MAX_SIGNATURES, "malformed_note", "signatures");
    const signatures = lines.map((line) => {
      const found = /^\u2014 ([^\s+]+) (\S{8,})$/u.exec(line);
      need(found, "malformed_note", line.slice(0, 40));
      const raw = unbase64(found[2], "malformed_note");
      return { name: found[1], id: hex(raw.slice(0, 4)), made: raw.slice(4) };
    });
    const parts = whole.slice(0, cut).split("\n");
    const origin = utf8(parts[0]).length;
    need(parts.length === 3 && origin > 0 && origin < 256, "malformed_note", parts[0].slice(0, 60));
    return {
      origin: parts[0], size: number(parts[1], "malformed_note"), root: unbase64(parts[2], "malformed_note", 32),
      text: whole.slice(0, cut + 1), signatures, signed: [], cosigned: {}, skipped: [],
    };
  }
  async function checkSignature(key, made, checkpoint) {
    need(made.length === SIGNATURE_BYTES[key.kind], "bad_signature", key.name);
    let body = utf8(checkpoint.text), signature = made, time = 0n;
    if (key.kind === 4) {
      time = new DataView(made.buffer, made.byteOffset).getBigUint64(0);
      signature = made.slice(8);
      body = join(utf8(`cosignature/v1\ntime ${time}\n`), body);
    }
    let publicKey;
    try {
      publicKey = await crypto.subtle.importKey("raw", key.bytes, "Ed25519", false, ["verify"]);
    } catch (problem) {
      throw new Refused(problem && problem.name === "NotSupportedError" ? "no_ed25519" : "bad_signature", key.name);
    }
    need(await crypto.subtle.verify("Ed25519", publicKey, signature, body), "bad_signature", key.name);
    need(time < LIMIT, "bad_signature", key.name);
    return Number(time);
  }

  class Policy {
    constructor(bytes) {
      this.logs = [];
      this.witnesses = new Map();
      this.groups = new Map([["none", { least: 0, members: [] }]]);
      this.quorum = "";
      for (const line of text(bytes, "malformed_policy").split("\n")) {
        // eslint-disable-next-line no-control-regex
        need(!/[\u0000-\u0008\u000b-\u001f\u007f]/.test(line), "malformed_policy", line.slice(0, 60));
        const words = line.replace(/^[ \t]+|[ \t]+$/g, "").split(/[ \t]+/);
        if (words[0] && !words[0].startsWith("#")) need(this.line(words), "malformed_policy", line.slice(0, 60));
      }
      need(this.quorum && bytes[bytes.length - 1] === 10, "malformed_policy", "quorum or last line");
    }
    line([kind, ...rest]) {
      const taken = (name) => this.witnesses.has(name) || this.groups.has(name);
      if (kind === "log" && (rest.length === 1 || rest.length === 2)) {
        const key = parseKey(rest[0]);
        if (this.logs.some((log) => same(log.bytes, key.bytes))) return false;
        this.logs.push(key);
        return true;
      }
      if (kind === "witness" && (rest.length === 2 || rest.length === 3) && !taken(rest[0])) {
        const key = parseKey(rest[1]);
        if (key.kind === 1 || [...this.witnesses.values()].some((one) => same(one.bytes, key.bytes))) return false;
        this.witnesses.set(rest[0], key);
        return true;
      }
      if (kind === "group" && rest.length > 2 && !taken(rest[0])) {
        const [name, count, ...members] = rest;
        const used = new Set([...this.groups.values()].flatMap((group) => group.members));
        const least = count === "all" ? members.length : count === "any" ? 1 : Number(number(count, "malformed_policy"));
        for (const member of members) {
          if (used.has(member) || !taken(member) || member === "none") return false;
          used.add(member);
        }
        this.groups.set(name, { least, members });
        return least >= 1 && least <= members.length;
      }
      const good = kind === "quorum" && rest.length === 1 && !this.quorum && taken(rest[0]);
      this.quorum = rest[0];
      return good;
    }
    holds(name, cosigned) {
      const group = this.groups.get(name);
      if (!group) return Object.hasOwn(cosigned, name);
      return group.members.filter((one) => this.holds(one, cosigned)).length >= group.least;
    }
    async accept(note) {
      const found = parseCheckpoint(note);
      const keys = this.logs.filter((key) => key.name === found.origin).map((key) => ["", key]);
      for (const { name, id, made } of found.signatures) {
        for (const [witness, key] of [...keys, ...this.witnesses]) {
          if (key.name !== name || key.id !== id) continue;
          if (key.kind === 6) {
            found.skipped.push(name);
            continue;
          }
          const time = await checkSignature(key, made, found);
          if (witness) found.cosigned[witness] = time;
          else found.signed.push(name);
        }
      }
      need(found.signed.length, "not_signed", found.origin);
      need(this.holds(this.quorum, found.cosigned), "quorum_missing", this.quorum);
      return found;
    }
  }

  // --- tiles, whole logs, receipts -----------------------------------------------------------------------------------
  function tileName(level, index, width) {
    let name = String(index % 1000).padStart(3, "0");
    for (let rest = Math.floor(index / 1000); rest; rest = Math.floor(rest / 1000)) {
      name = `x${String(rest % 1000).padStart(3, "0")}/${name}`;
    }
    return `tile/${level}/${name}${width < WIDTH ? `.p/${width}` : ""}`;
  }
  async function fetchTile(get, level, index, width) {
    const wanted = tileName(level, index, width);
    let raw = await get(wanted), wide = width;
    if (!raw && width < WIDTH) {
      raw = await get(tileName(level, index, WIDTH));
      wide = WIDTH;
    }
    need(raw, "torn_tile", wanted);
    return { raw, width: wide, name: wanted };
  }
  async function bundle(get, index, size) {
    const { raw, width, name } = await fetchTile(get, "entries", index, Math.min(WIDTH, size - index * WIDTH));
    const entries = [];
    let at = 0;
    while (at < raw.length) {
      need(at + 2 <= raw.length, "torn_tile", name);
      const length = raw[at] * 256 + raw[at + 1];
      need(length <= MAX_ENTRY && at + 2 + length <= raw.length, "torn_tile", name);
      entries.push(raw.slice(at + 2, at + 2 + length));
      at += 2 + length;
    }
    need(entries.length === width, "torn_tile", name);
    return entries.slice(0, size - index * WIDTH);
  }
  async function checkTile(get, level, index, hashes) {
    const { raw, width, name } = await fetchTile(get, level, index, hashes.length);
    need(raw.length === width * 32, "torn_tile", name);
    need(same(raw.slice(0, hashes.length * 32), join(...hashes)), "tile_differs", name);
  }
  async function checkTree(get, signed, sizes, progress) {
    need(signed.size <= BigInt(Number.MAX_SAFE_INTEGER), "malformed_note", "size");
    const size = Number(signed.size), levels = [], roots = new Map([["0", treeHash([])]]);
    for (let number_ = 0; number_ * WIDTH < size; number_++) {
      let hashes = (await bundle(get, number_, size)).map(leafHash), level = 0, index = number_;
      for (const wanted of [...sizes, signed.size]) {
        const width = Number(wanted) - number_ * WIDTH;
        if (width <= 0 || width > hashes.length) continue;
        let carried = treeHash(hashes.slice(0, width));
        for (const above of levels.slice(1)) carried = treeHash([...(above || []), carried]);
        roots.set(String(wanted), carried);
      }
      await checkTile(get, 0, number_, hashes);
      while (hashes.length === WIDTH) {
        levels[level] = [];
        level += 1;
        index = Math.floor(index / WIDTH);
        levels[level] = [...(levels[level] || []), treeHash(hashes)];
        hashes = levels[level];
        if (hashes.length === WIDTH) await checkTile(get, level, index, hashes);
      }
      if (progress) progress(Math.min(size, (number_ + 1) * WIDTH), size);
    }
    for (let level = 1; level < levels.length; level++) {
      if (levels[level] && levels[level].length) {
        await checkTile(get, level, Math.floor(size / WIDTH ** (level + 1)), levels[level]);
      }
    }
    need(same(roots.get(String(signed.size)), signed.root), "root_differs", signed.origin);
    return roots;
  }
  function parseReceipt(bytes) {
    let cut = -1;
    for (let at = 0; at + 1 < bytes.length && cut < 0; at++) if (bytes[at] === 10 && bytes[at + 1] === 10) cut = at;
    need(cut > 0, "malformed_receipt", "header");
    const lines = text(bytes.slice(0, cut), "malformed_receipt").split("\n");
    need(lines.shift() === "c2sp.org/tlog-proof@v1" && lines.length, "malformed_receipt", "header");
    let extra = {};
    if (lines[0].startsWith("extra ")) {
      const said = text(unbase64(lines.shift().slice(6), "malformed_receipt"), "malformed_receipt");
      try {
        extra = JSON.parse(said);
      } catch {
        throw new Refused("malformed_receipt", "extra");
      }
      const good = extra !== null && typeof extra === "object" && !Array.isArray(extra) && canonical(extra) === said;
      need(good, "malformed_receipt", "extra");
    }
    need(lines.length && lines[0].startsWith("index "), "malformed_receipt", "index");
    const index = number(lines.shift().slice(6), "malformed_receipt");
    const path = lines.map((line) => unbase64(line, "malformed_receipt", 32));
    return { extra, index, path, note: bytes.slice(cut + 2) };
  }
  async function checkReceipt(receipt, signed, get, keyHex) {
    const extra = receipt.extra, parts = ["label", "opening", "row", "version"];
    const said = Object.keys(extra).filter((name) => !["v", "entry", "key"].includes(name)).sort();
    const opened = said.length > 0;
    const good = (!opened || canonical(said) === canonical(parts)) && (!("v" in extra) || extra.v === 1);
    need(good && (opened || !("key" in extra)), "malformed_receipt", "extra");
    let raw;
    if ("entry" in extra) raw = utf8(canonical(extra.entry));
    else {
      need(get && receipt.index < signed.size, "malformed_receipt", "no entry");
      const entries = await bundle(get, Number(receipt.index / 256n), Number(signed.size));
      raw = entries[Number(receipt.index % 256n)];
    }
    checkInclusion(receipt.index, signed.size, leafHash(raw), receipt.path, signed.root);
    const entry = JSON.parse(text(raw, "malformed_receipt"));
    if (opened) {
      const key = unhex(keyHex || extra.key || "", "no_key");
      need(key.length === 32, "no_key");
      need(!("key" in extra) || extra.key === hex(key), "opening_differs", "key");
      const opening = unhex(extra.opening, "opening_differs"), row = utf8(canonical(extra.row));
      const whole = Number.isInteger(extra.version) && extra.version >= 0 && extra.version < 2 ** 32;
      need(opening.length === 32 && typeof extra.label === "string" && whole, "opening_differs", "form");
      const label = utf8(extra.label), fields = new Uint8Array(8);
      need(label.length < 256, "opening_differs", "label");
      new DataView(fields.buffer).setUint32(0, extra.version);
      new DataView(fields.buffer).setUint32(4, row.length);
      const made = hmac(key, join(opening, Uint8Array.of(label.length), label, fields, row));
      need(hex(made) === entry.c, "opening_differs", receipt.index);
    }
    return entry;
  }
  function keysAsPolicy(index) {
    // The policy of a folder's own index.json: good for finding damage, not for finding liars.
    if (typeof index.policy === "string" && index.policy) return utf8(index.policy);
    const lines = (index.logs || []).flatMap((log) => log.keys.map((key) => `log ${key}`));
    return utf8([...lines, "quorum none\n"].join("\n"));
  }
  async function run({ get, policy, receipt, old, folders, progress }) {
    // `get(path)` gives the bytes of a file of the folder, or null. Everything else is bytes or undefined.
    let index = {};
    const told = get ? await get("index.json") : null;
    if (told) {
      try {
        index = JSON.parse(text(told, "unreadable_file"));
      } catch {
        throw new Refused("unreadable_file", "index.json");
      }
    }
    const accepted = new Policy(policy || keysAsPolicy(index));
    const proof = receipt ? parseReceipt(receipt) : null;
    const asked = [];
    for (const note of [proof && proof.note, old]) if (note) asked.push(await accepted.accept(note));
    const logs = [];
    let home = null;
    for (const folder of folders) {
      const inside = (path) => get(folder ? `${folder}/${path}` : path);
      const note = get ? await inside("checkpoint") : null;
      if (!note) continue;
      const signed = await accepted.accept(note);
      const mine = asked.filter((one) => one.origin === signed.origin);
      const roots = await checkTree(inside, signed, mine.map((one) => one.size), progress);
      for (const one of mine) {
        const found = roots.get(String(one.size));
        need(found && same(found, one.root), "rewritten", signed.origin);
      }
      if (proof && asked[0].origin === signed.origin) home = inside;
      logs.push({ origin: signed.origin, size: String(signed.size), root: hex(signed.root), signed: signed.signed,
        cosigned: signed.cosigned, skipped: signed.skipped });
    }
    need(logs.length || proof, "unreadable_file", "checkpoint");
    if (!proof) return { logs, receipt: null };
    const entry = await checkReceipt(proof, asked[0], home, index.commitment_key);
    const skipped = asked[0].skipped;
    return { logs, receipt: { index: String(proof.index), origin: asked[0].origin, entry, row: proof.extra.row, skipped } };
  }

  root.SrokVerify = {
    SAYS, Refused, Policy, sha256, hmac, hex, unhex, utf8, unbase64, u64, canonical, leafHash, nodeHash, treeHash,
    checkInclusion, checkConsistency, parseCheckpoint, parseKey, parseReceipt, checkReceipt, checkTree, run,
  };
})(globalThis);
