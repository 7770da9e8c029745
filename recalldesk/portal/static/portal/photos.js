// Sends each photo of a claim as soon as it is chosen, and says what is known of it by then.
// Without this script the form sends all photos with its button.
let pressed = null;

// What the page said was missing or wrong of this field is so no more.
const solved = (id) => {
  const problems = form.querySelector(".problems");
  problems?.querySelectorAll(`a[href="#${id}"]`).forEach((link) => link.closest("li").remove());
  const left = problems?.querySelectorAll("li").length;
  if (left === 0) problems.remove();
  if (left) problems.querySelector("h2").textContent = left === 1 ? form.dataset.one : form.dataset.some;
};

const arrived = (photo, answer) => {
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

// Whoever pressed "Continue" meanwhile is led on when all is sent; what failed stays in sight.
const finish = () => {
  if (!pressed) return;
  const presses = pressed;
  pressed = null;
  said.textContent = "";
  if (!showFailed()) form.requestSubmit(presses);
};

const chosen = (input) => {
  const { upload: address } = input.closest(".photo-row").dataset;
  const body = (photo) => new Blob([photo], { type: "application/octet-stream" });
  for (const file of input.files) begin(listed(input, file, { address, body, arrived }));
  input.value = ""; // so that the form does not send it once more
};

const LEAVES = ["next", "later", "no_photo"];

if (canSend) {
  follow();
  form.querySelectorAll('input[type="file"]').forEach((input) => {
    input.addEventListener("change", () => chosen(input));
  });
  form.addEventListener("sent", finish);
  form.addEventListener("submit", (event) => {
    if (!isSending() || !LEAVES.includes(event.submitter?.name)) return;
    event.preventDefault();
    pressed = event.submitter;
    said.classList.remove("away");
    said.textContent = form.dataset.waiting;
  });
}
