// A look at a file leaves the file chosen: what was found takes its place on the page. Without this
// script the whole page comes anew, and the file is chosen once more to take it in.
"use strict";
(() => {
  const form = document.querySelector("form[data-looks]");
  const place = document.getElementById("result");
  if (!form || !place) return;

  function shown(html) {
    const found = new DOMParser().parseFromString(html, "text/html").getElementById("result");
    if (!found) return false;
    place.replaceChildren(...found.childNodes);
    for (const each of place.querySelectorAll("[data-again]")) each.hidden = true;
    for (const each of place.querySelectorAll("[data-still]")) each.hidden = false;
    place.focus();
    return true;
  }

  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (!button || button.value !== "look") return;
    event.preventDefault();
    button.disabled = true;
    place.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form, button) });
      if (answer.redirected || !shown(await answer.text())) location.reload();
    } catch {
      place.textContent = "The file did not arrive. Look again.";
    } finally {
      button.disabled = false;
      place.removeAttribute("aria-busy");
    }
  });
})();
