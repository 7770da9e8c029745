// Photos on their way: each made smaller where the browser can, sent with its progress, two at a time,
// and tried again where the line breaks. The page's own script says which, and what follows: a photo has
// the `address` that it goes to, the `body` of the request made of it, and what it does once it `arrived`.
const form = document.querySelector("form[data-sending]");
const said = document.getElementById("photos-said");
const AT_ONCE = 2;
const PAUSES = [1_500, 4_000, 9_000, 20_000];
const THUMB = 112;

const waiting = [];
const open = new Set(); // what is chosen and not sent yet, also what failed
let running = 0;
let prepared = Promise.resolve();

const canSend = Boolean(form && said && window.XMLHttpRequest && window.createImageBitmap);
const isSending = () => running > 0 || waiting.length > 0;

// A chosen photo, in the list of its field.
const listed = (input, file, does) => {
  const row = input.closest("[data-name]");
  const item = element("li", "file");
  const thumb = element("span", "thumb");
  const says = element("p");
  const progress = element("progress");
  progress.setAttribute("aria-label", `${row.dataset.name}: ${file.name}`);
  item.append(thumb, says, progress);
  row.querySelector(".files").append(item);
  const photo = { file, input, row, item, thumb, says, progress, ...does };
  open.add(photo);
  return photo;
};

// The photo as it is sent, upright; a kind that this browser cannot open goes as it is. One after the
// other: a large one takes much room while it is open.
const ready = (photo) => {
  photo.ready ??= prepared = prepared
    .then(() => smaller(photo.file, (bitmap) => {
      const image = element("img", "thumb");
      image.alt = "";
      image.src = drawn(bitmap, THUMB).toDataURL("image/jpeg", 0.7);
      photo.thumb.replaceWith(image);
    }))
    .catch(() => photo.file);
  return photo.ready;
};

// Resolves to what the server said, or to nothing where the line broke.
const posted = (photo, body) =>
  new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", photo.address);
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
      const isElsewhere = !request.responseURL.endsWith(photo.address);
      if (request.status === 403 || isElsewhere) {
        return done({ says: form.dataset.closed, stays: true, isClosed: true });
      }
      try {
        return done({ ...JSON.parse(request.responseText), status: request.status });
      } catch {
        return done(request.status < 500 ? { says: form.dataset.failed, does: "" } : null);
      }
    });
    request.send(photo.body(body));
  });

const pause = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });

// The row of the photo says it to the eye; this says it to a screen reader.
const tell = (text) => {
  said.classList.add("away");
  said.textContent = text;
};

// What can be done about a photo that is not on its way.
const offered = (photo, ...buttons) => {
  photo.ways?.remove();
  photo.ways = element("div", "row");
  photo.ways.append(...buttons);
  photo.item.append(photo.ways);
};

const button = (text, name, pressed) => {
  const made = element("button", "as-link", text);
  made.type = "button";
  made.append(element("span", "away", `: ${name}`));
  made.addEventListener("click", pressed);
  return made;
};

const againButton = (photo) => button(form.dataset.again, photo.file.name, () => begin(photo));

const removeButton = (photo) =>
  button(form.dataset.remove, photo.file.name, () => {
    open.delete(photo);
    photo.item.remove();
    photo.input.focus();
  });

const failed = (photo, answer) => {
  photo.answer = answer;
  photo.progress.hidden = true;
  photo.item.classList.add("failed");
  const name = element("bdi", "", photo.file.name); // of several chosen at once, which it was
  photo.says.replaceChildren(name, ": ", element("strong", "", answer.says), ` ${answer.does ?? ""}`);
  offered(photo, ...(answer.stays ? [] : [againButton(photo)]), removeButton(photo));
  tell(`${photo.row.dataset.name}: ${answer.says}`);
};

const succeeded = (photo, answer) => {
  open.delete(photo);
  photo.progress.remove();
  photo.says.textContent = answer.says;
  tell(`${photo.row.dataset.name}: ${form.dataset.sent}`);
  photo.arrived(photo, answer);
};

const send = async (photo) => {
  photo.progress.hidden = false;
  photo.progress.removeAttribute("value");
  photo.says.textContent = form.dataset.shrinking;
  const body = await ready(photo);
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

const next = () => {
  while (running < AT_ONCE && waiting.length) {
    const photo = waiting.shift();
    running += 1;
    send(photo)
      .catch(() => failed(photo, { says: form.dataset.failed }))
      .finally(() => {
        running -= 1;
        photo.isOnItsWay = false;
        next();
        if (!isSending()) form.dispatchEvent(new Event("sent"));
      });
  }
};

const begin = (photo) => {
  photo.ways?.remove();
  photo.item.classList.remove("failed");
  photo.isOnItsWay = true;
  waiting.push(photo);
  next();
};

// What failed comes into sight, and under the fingers of whoever uses a keyboard.
const showFailed = () => {
  const [first] = open;
  first?.item.scrollIntoView({ block: "center" });
  first?.item.querySelector("button")?.focus();
  return Boolean(first);
};

if (canSend) {
  form.classList.add("sends");
  window.addEventListener("beforeunload", (event) => {
    if (isSending()) event.preventDefault();
  });
}
