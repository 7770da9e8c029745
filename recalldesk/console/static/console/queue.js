// The keys of lists of claims. Every one of them is a link or a button as well: without this script
// nothing is lost. Keys are not taken while somebody types, nor together with Ctrl, Alt or Meta.
"use strict";
(() => {
  const rows = [...document.querySelectorAll("[data-rows] tbody tr")];
  const keys = document.getElementById("keys");
  let at = -1;

  function go(to) {
    if (!rows.length) return;
    if (at >= 0) rows[at].removeAttribute("aria-current");
    at = Math.max(0, Math.min(rows.length - 1, to));
    rows[at].setAttribute("aria-current", "true");
    const name = rows[at].querySelector("th > *");
    name.focus({ preventScroll: true });
    rows[at].scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  function press(key) {
    const found = document.querySelector(`[data-key="${key}"]`);
    if (!found) return false;
    if (found.matches("input")) {
      found.focus();
      found.select();
    } else {
      found.click();
    }
    return true;
  }

  function does(key) {
    if (key === "j") go(at + 1);
    else if (key === "k") go(at - 1);
    else if (key === "?") keys.showModal();
    else if (key === "x" && at >= 0) rows[at].querySelector("[type=checkbox]")?.click();
    else return "n/uot".includes(key) && press(key);
    return true;
  }

  document.addEventListener("keydown", (event) => {
    const types = event.target.closest("input:not([type=checkbox]), select, textarea, dialog");
    if (types || event.ctrlKey || event.altKey || event.metaKey || event.repeat && "not".includes(event.key.toLowerCase())) return;
    if (does(event.key.toLowerCase())) event.preventDefault();
  });
  for (const row of rows) row.addEventListener("focusin", () => {
    if (at !== rows.indexOf(row)) {
      if (at >= 0) rows[at].removeAttribute("aria-current");
      at = rows.indexOf(row);
      row.setAttribute("aria-current", "true");
    }
  });
  for (const each of document.querySelectorAll("[data-keys]")) each.hidden = false;
  document.querySelector('button[data-key="?"]')?.addEventListener("click", () => keys.showModal());
})();
