// Photos that go with a form: each is made smaller when it is chosen, and sent when the form is, with
// what was typed, which the server keeps once. Without this script the form sends all of it together.
let isKept = false;

const enclosed = (file, input) => (photo) => {
  const body = new FormData(form);
  body.delete(input.name);
  body.append(input.name, photo, file.name);
  return body;
};

const arrived = () => { isKept = true; };

const listedAgain = (photo) => {
  delete photo.answer;
  photo.progress.hidden = true;
  photo.item.classList.remove("failed");
  photo.says.replaceChildren(element("bdi", "", photo.file.name));
  offered(photo, removeButton(photo));
};

const chosen = (input) => {
  for (const file of input.files) {
    const address = form.getAttribute("action");
    const photo = listed(input, file, { address, body: enclosed(file, input), arrived });
    listedAgain(photo);
    ready(photo);
  }
  input.value = ""; // so that the form does not send it once more
  input.parentElement.querySelector(".choose span").textContent = form.dataset.more;
};

// What was typed stays as it was sent, or the photos that are left would go with another message.
const held = (isHeld) => {
  const typed = form.querySelector("textarea");
  if (typed?.value) typed.readOnly = isHeld;
  return typed;
};

const ended = () => {
  const answers = [...open].map((photo) => photo.answer);
  const unfit = answers.find((answer) => answer?.field);
  if (unfit) {
    open.forEach(listedAgain);
    tell(unfit.says);
    said.classList.remove("away");
    held(false)?.focus();
  } else if (answers.some((answer) => answer?.isClosed) && !isKept) {
    form.submit(); // the page that comes says what is so, and shows what was typed
  } else if (!showFailed()) {
    window.location.assign(form.dataset.done);
  }
};

if (canSend) {
  form.querySelectorAll('input[type="file"]').forEach((input) => {
    input.addEventListener("change", () => chosen(input));
  });
  form.addEventListener("sent", ended);
  form.addEventListener("submit", (event) => {
    if (!open.size && !isKept) return;
    event.preventDefault();
    if (!open.size) ended();
    held(true);
    [...open].filter((photo) => !photo.isOnItsWay).forEach(begin);
  });
}
