// Does the work that the page asks for (ALTCHA, version 2, PBKDF2), then sends the form.
// Without this script, or where the browser cannot do it, the page says how long to wait.
const form = document.getElementById("proof");
const said = document.getElementById("proof-said");
const progress = document.getElementById("proof-progress");
const wait = document.getElementById("proof-wait");
const subtle = globalThis.crypto?.subtle;

const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const derived = async (parameters, salt, password, counter) => {
  new DataView(password.buffer).setUint32(password.length - 4, counter);
  const key = await subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const settings = { name: "PBKDF2", hash: "SHA-256", salt, iterations: parameters.cost };
  return hex(await subtle.deriveBits(settings, key, parameters.keyLength * 8));
};

// Several at a time: the browser computes them side by side, and the page stays alive.
const solution = async (parameters) => {
  const salt = bytes(parameters.salt);
  const nonce = bytes(parameters.nonce);
  const most = parameters.data.most;
  let next = 0;
  let found = null;
  const search = async () => {
    const password = new Uint8Array([...nonce, 0, 0, 0, 0]);
    while (!found && next < most) {
      const counter = next++;
      const derivedKey = await derived(parameters, salt, password, counter);
      if (derivedKey.startsWith(parameters.keyPrefix)) found = { counter, derivedKey };
      progress.value = next;
    }
  };
  progress.max = most;
  progress.value = 0;
  await Promise.all(Array.from({ length: Math.min(navigator.hardwareConcurrency || 2, 4) }, search));
  return found;
};

const work = async () => {
  const challenge = JSON.parse(form.dataset.challenge);
  wait.hidden = true;
  progress.hidden = false;
  said.textContent = form.dataset.working;
  setTimeout(() => { wait.hidden = false; }, 15_000); // whatever is this slow: waiting helps too
  const found = await solution(challenge.parameters);
  if (!found) throw new Error("no number fits");
  form.elements.proof.value = btoa(JSON.stringify({ challenge, solution: found }));
  said.textContent = form.dataset.solved;
  form.requestSubmit();
};

if (form && subtle) {
  work().catch(() => {
    said.textContent = "";
    progress.hidden = true;
    wait.hidden = false;
  });
}
