// Sends each photo as soon as it is chosen: made smaller where the browser can, with its progress,
// tried again where the line breaks. Without this script the form sends all photos with its button.
const form = document.getElementById("photos");
const said = document.getElementById("photos-said");
const AT_ONCE = 2;
const PAUSES = [1_500, 4_000, 9_000, 20_000];
const THUMB = 112;

const waiting = [];
const open = new Set(); // what is chosen and not sent yet, also what failed
let running = 0;
let pressed = null;

// The photo as it is sent, upright; a kind that this browser cannot open goes as it is.
const prepared = (photo) =>
  smaller(photo.file, (bitmap) => {
    const image = element("img", "thumb");
    image.alt = "";
    image.src = drawn(bitmap, THUMB).toDataURL("image/jpeg", 0.7);
    photo.thumb.replaceWith(image);
  });

// Resolves to what the server said, or to nothing where the line broke.
const posted = (photo, body) =>
  new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", photo.row.dataset.upload);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("Accept", "application/json");
    request.timeout = 300_000;
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      photo.progress.max = event.total;
      photo.progress.value = event.loaded;
      const percent = Math.round((100 * event.loaded) / event.total);
      photo.says.textContent = form.dataset.sending.replace("{percent}", percent);
    });
    request.addEventListener("loadend", () => {
      if (!request.status) return done(null);
      // Sent meanwhile in another tab, or the pass has run out: the page is not the one any more.
      const isElsewhere = !request.responseURL.endsWith(photo.row.dataset.upload);
      if (request.status === 403 || isElsewhere) return done({ says: form.dataset.closed, stays: true });
      try {
        return done({ ...JSON.parse(request.responseText), status: request.status });
      } catch {
        return done(request.status < 500 ? { says: form.dataset.failed, does: "" } : null);
      }
    });
    request.send(body);
  });

const pause = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });

// What the page said was missing or wrong of this field is so no more.
const solved = (id) => {
  const problems = form.querySelector(".problems");
  problems?.querySelectorAll(`a[href="#${id}"]`).forEach((link) => link.closest("li").remove());
  const left = problems?.querySelectorAll("li").length;
  if (left === 0) problems.remove();
  if (left) problems.querySelector("h2").textContent = left === 1 ? form.dataset.one : form.dataset.some;
};

// The row of the photo says it to the eye; this says it to a screen reader.
const tell = (text) => {
  said.classList.add("away");
  said.textContent = text;
};

const succeeded = (photo, answer) => {
  open.delete(photo);
  photo.progress.remove();
  photo.says.textContent = answer.says;
  photo.item.dataset.photo = answer.id;
  photo.item.dataset.waits = "";
  const remove = element("button", "as-link", form.dataset.remove);
  remove.name = "remove";
  remove.value = answer.id;
  remove.append(element("span", "away", `: ${photo.row.dataset.name}`));
  photo.item.append(remove);
  photo.row.classList.remove("failed");
  photo.row.querySelectorAll(":scope > .problem").forEach((problem) => problem.remove());
  photo.input.removeAttribute("aria-invalid");
  solved(photo.input.id);
  photo.row.querySelector(".choose span").textContent = form.dataset.more;
  tell(`${photo.row.dataset.name}: ${form.dataset.sent}`);
  follow();
};

// What the server says of a photo by now: whether it can be used, and what was read.
const shown = (item, photo) => {
  if (item.classList.contains("failed") !== photo.isFailed || item.dataset.says !== photo.says) {
    const says = item.querySelector("p");
    says.replaceChildren(photo.isFailed ? element("strong", "", photo.says) : photo.says);
    if (photo.does) says.append(` ${photo.does}`);
    if (photo.mendUrl) {
      const mend = element("a", "link", photo.mendWords);
      mend.href = photo.mendUrl;
      says.append(" ", mend);
    }
    if (item.dataset.says) {
      tell(`${item.closest(".photo-row").dataset.name}: ${photo.says} ${photo.does}`);
    }
    item.dataset.says = photo.says;
  }
  item.classList.toggle("failed", photo.isFailed);
  if (photo.url && item.querySelector("span.thumb")) {
    const image = element("img", "thumb");
    image.alt = "";
    image.src = photo.url;
    item.querySelector("span.thumb").replaceWith(image);
  }
  if (!photo.isWaiting) delete item.dataset.waits;
};

const items = () => [...form.querySelectorAll("[data-photo]")];

const follow = () =>
  followed(
    form.dataset.state,
    () => items().some((item) => "waits" in item.dataset),
    ({ photos }) => {
      const byId = new Map(photos.map((photo) => [String(photo.id), photo]));
      for (const item of items()) {
        const photo = byId.get(item.dataset.photo);
        if (photo) shown(item, photo);
        else delete item.dataset.waits;
      }
    },
  );

const failed = (photo, answer) => {
  photo.progress.hidden = true;
  photo.item.classList.add("failed");
  const name = element("bdi", "", photo.file.name); // of several chosen at once, which it was
  photo.says.replaceChildren(name, ": ", element("strong", "", answer.says), ` ${answer.does ?? ""}`);
  const ways = element("div", "row");
  if (!answer.stays) {
    const again = element("button", "as-link", form.dataset.again);
    again.type = "button";
    again.addEventListener("click", () => {
      ways.remove();
      photo.item.classList.remove("failed");
      begin(photo);
    });
    ways.append(again);
  }
  const remove = element("button", "as-link", form.dataset.remove);
  remove.type = "button";
  remove.addEventListener("click", () => {
    open.delete(photo);
    photo.item.remove();
    photo.input.focus();
  });
  ways.append(remove);
  photo.item.append(ways);
  tell(`${photo.row.dataset.name}: ${answer.says}`);
};

const send = async (photo) => {
  photo.progress.hidden = false;
  photo.progress.removeAttribute("value");
  photo.says.textContent = form.dataset.shrinking;
  const body = await prepared(photo);
  if (body.size > Number(form.dataset.most)) return failed(photo, { says: form.dataset.tooLarge, stays: true });
  for (const wait of [...PAUSES, 0]) {
    const answer = await posted(photo, body);
    if (answer?.id) return succeeded(photo, answer);
    if (answer && !answer.again) return failed(photo, answer);
    if (!wait) return failed(photo, answer ?? { says: form.dataset.failed });
    photo.says.textContent = answer?.says ?? form.dataset.broken;
    await pause(wait);
  }
  return null;
};

const next = async () => {
  while (running < AT_ONCE && waiting.length) {
    const photo = waiting.shift();
    running += 1;
    send(photo)
      .catch(() => failed(photo, { says: form.dataset.failed }))
      .finally(() => {
        running -= 1;
        next();
        finish();
      });
  }
};

const begin = (photo) => {
  waiting.push(photo);
  next();
};

// Whoever pressed "Continue" meanwhile is led on when all is sent; what failed stays in sight.
const finish = () => {
  if (running || waiting.length || !pressed) return;
  const button = pressed;
  pressed = null;
  said.textContent = "";
  const first = [...open][0];
  if (first) {
    first.item.scrollIntoView({ block: "center" });
    first.item.querySelector("button")?.focus();
  } else {
    form.requestSubmit(button);
  }
};

const chosen = (input) => {
  const row = input.closest(".photo-row");
  for (const file of input.files) {
    const item = element("li", "file");
    const thumb = element("span", "thumb");
    const says = element("p");
    const progress = element("progress");
    progress.setAttribute("aria-label", `${row.dataset.name}: ${file.name}`);
    item.append(thumb, says, progress);
    row.querySelector(".files").append(item);
    const photo = { file, input, row, item, thumb, says, progress };
    open.add(photo);
    begin(photo);
  }
  input.value = ""; // so that the form does not send it once more
};

if (form && said && window.XMLHttpRequest && window.createImageBitmap) {
  form.classList.add("sends");
  follow();
  form.querySelectorAll('input[type="file"]').forEach((input) => {
    input.addEventListener("change", () => chosen(input));
  });
  form.addEventListener("submit", (event) => {
    const leaves = event.submitter?.name === "next" || event.submitter?.name === "later";
    if (!(running || waiting.length) || !leaves) return;
    event.preventDefault();
    pressed = event.submitter;
    said.classList.remove("away");
    said.textContent = form.dataset.waiting;
  });
  window.addEventListener("beforeunload", (event) => {
    if (running || waiting.length) event.preventDefault();
  });
}
