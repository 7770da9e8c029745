// Sends the photo of a label as soon as it is chosen, made smaller where the browser can; and asks
// whether one that was sent has been read. Without this script a button does either.
const form = document.getElementById("look-photo");
const part = document.querySelector(".photo-look");
const waiting = document.getElementById("waiting");

const prepared = async (file) => {
  const blob = await smaller(file);
  return blob === file ? file : new File([blob], "photo.jpg", { type: blob.type });
};

const send = async (input) => {
  const said = part.querySelector("[role=status]");
  said.textContent = part.dataset.ready;
  const chosen = new DataTransfer();
  chosen.items.add(await prepared(input.files[0]));
  input.files = chosen.files;
  said.textContent = part.dataset.sending;
  form.requestSubmit();
};

if (form && part && window.DataTransfer && window.createImageBitmap) {
  const inputs = [...part.querySelectorAll('input[type="file"]')];
  part.classList.add("sends");
  part.querySelectorAll(".choose").forEach((label) => { label.classList.add("button"); });
  inputs.forEach((input) => {
    input.addEventListener("change", () => { if (input.files.length) send(input).catch(() => form.requestSubmit()); });
  });
  // Whoever comes back to this page can choose anew.
  window.addEventListener("pageshow", () => {
    inputs.forEach((input) => { input.value = ""; });
    part.querySelector("[role=status]").textContent = "";
  });
}

const pauses = (asked) => (asked < 20 ? 1_000 : asked < 60 ? 2_000 : 5_000);

const ask = async (asked) => {
  try {
    const answer = await fetch(waiting.dataset.waits, { cache: "no-store" });
    if (answer.ok && !(await answer.json()).waits) return location.reload();
  } catch {
    // The line broke: it is asked again.
  }
  return setTimeout(ask, pauses(asked), asked + 1);
};

if (waiting) setTimeout(ask, pauses(0), 1);
