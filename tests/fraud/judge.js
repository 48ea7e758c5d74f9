// The browser's verifier on JSON lines from standard input; one letter a line, 1 holds, 0 refused.
"use strict";
const path = require("path");
require(path.join(__dirname, "../../srok/trust/openlog/static/openlog/verify/verify.js"));
const V = globalThis.SrokVerify;
const lines = require("fs").readFileSync(0, "utf8").trim().split("\n").map((line) => JSON.parse(line));

async function main() {
  let out = "", policy = null, key = "";
  for (const made of lines) {
    if (made.policy) {
      policy = new V.Policy(V.utf8(made.policy));
      key = made.key;
      continue;
    }
    try {
      if (made.receipt) {
        const receipt = V.parseReceipt(Uint8Array.from(Buffer.from(made.receipt, "hex")));
        await V.checkReceipt(receipt, await policy.accept(receipt.note), null, key);
      } else {
        const hashes = made.hashes.map((one) => V.unhex(one)), proof = made.path.map((one) => V.unhex(one));
        const at = BigInt(made.at), size = BigInt(made.size);
        if (made.k === "i") V.checkInclusion(at, size, hashes[0], proof, hashes[1]);
        else V.checkConsistency(at, size, hashes[0], hashes[1], proof);
      }
      out += "1";
    } catch (problem) {
      if (!(problem instanceof V.Refused) && !(problem instanceof SyntaxError)) throw problem;
      out += "0";
    }
  }
  process.stdout.write(`${out}\n`);
}
main().catch((problem) => {
  process.stderr.write(`${problem.stack}\n`);
  process.exit(1);
});
