// The keys of a claim's page, its enlarged photos, and telling that somebody is on it. Every key is a
// link, a button or a form as well: without this script nothing is lost but the zoom and the turn.
"use strict";
(() => {
  const keys = document.getElementById("keys");
  const big = document.getElementById("big");
  const stage = big.querySelector(".stage");
  const photos = [...document.querySelectorAll("[data-photo]")].filter((each) => each.querySelector("svg"));
  const turns = new Map();
  let at = photos[0], zoom = 1;

  // Photos -------------------------------------------------------------------------------------
  function turned(svg, turn) {
    const [, , width, height] = (svg.dataset.box ??= svg.getAttribute("viewBox")).split(" ").map(Number);
    const moves = ["", `translate(${height} 0) rotate(90)`, `translate(${width} ${height}) rotate(180)`, `translate(0 ${width}) rotate(270)`];
    svg.setAttribute("viewBox", turn % 2 ? `0 0 ${height} ${width}` : `0 0 ${width} ${height}`);
    svg.querySelector(".picture").setAttribute("transform", moves[turn]);
  }

  function fit() {
    const svg = stage.querySelector("svg");
    if (!svg) return;
    const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
    const scale = Math.min(stage.clientWidth / width, stage.clientHeight / height) * zoom;
    svg.setAttribute("width", Math.floor(width * scale));
    svg.setAttribute("height", Math.floor(height * scale));
  }

  function turn() {
    if (!at) return;
    const now = ((turns.get(at) || 0) + 1) % 4;
    turns.set(at, now);
    turned(at.querySelector("svg"), now);
    if (big.open) {
      turned(stage.querySelector("svg"), now);
      fit();
    }
  }

  function zoomed(factor) {
    const x = (stage.scrollLeft + stage.clientWidth / 2) / stage.scrollWidth;
    const y = (stage.scrollTop + stage.clientHeight / 2) / stage.scrollHeight;
    zoom = Math.max(1, Math.min(8, zoom * factor));
    fit();
    stage.scrollLeft = x * stage.scrollWidth - stage.clientWidth / 2;
    stage.scrollTop = y * stage.scrollHeight - stage.clientHeight / 2;
  }

  function enlarge(photo) {
    if (!photo) return;
    at = photo;
    zoom = 1;
    const svg = photo.querySelector("svg").cloneNode(true);
    document.getElementById("big-title").textContent = svg.getAttribute("aria-label");
    stage.replaceChildren(svg);
    if (!big.open) big.showModal();
    stage.focus();
    fit();
  }

  for (const photo of photos) photo.querySelector(".frame").addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    enlarge(photo);
  });
  stage.addEventListener("dblclick", () => zoomed(zoom > 1 ? 1 / zoom : 3));
  addEventListener("resize", () => big.open && fit());
  big.querySelector("[data-turn]").addEventListener("click", turn);
  const boxes = () => document.body.classList.toggle("without-boxes");
  big.querySelector("[data-boxes]").addEventListener("click", boxes);
  for (const each of big.querySelectorAll("[data-zoom]")) {
    each.addEventListener("click", () => zoomed(each.dataset.zoom === "in" ? 1.5 : 1 / 1.5));
  }

  // What came up since the rule ruled: looked up once the page stands, and sent with a decision. ----
  const newer = document.querySelector("[data-newer]");
  async function lookUp() {
    const answer = await fetch(newer.querySelector("a").href).catch(() => null);
    if (!answer || !answer.ok || answer.redirected) return;
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("newer");
    if (!found) return;
    newer.replaceChildren(document.adoptNode(found));
    for (const each of document.querySelectorAll("[name=known]")) each.value = found.dataset.known;
  }
  if (newer) lookUp();

  // Forms --------------------------------------------------------------------------------------
  const panels = [...document.querySelectorAll(".decide > details")];
  const select = document.getElementById("template");
  const words = document.getElementById("words");

  const textOf = (option) => (option ? option.dataset.text : "");
  if (select) {
    let filled = textOf(select.selectedOptions[0]);
    select.addEventListener("change", () => {
      if (words.value.trim() && words.value.trim() !== filled.trim() && !select.selectedOptions[0].value) return;
      filled = textOf(select.selectedOptions[0]);
      words.value = filled;
    });
  }

  function closed() {
    const open = panels.filter((each) => each.open);
    for (const each of open) each.open = false;
    open[0]?.querySelector("summary").focus();
    return open.length > 0;
  }

  function unfold(key) {
    const panel = panels.find((each) => each.dataset.panel.split(" ").includes(key));
    if (!panel) return false;
    panel.open = true;
    if (key === "p") {
      panel.querySelector("[data-ask]")?.focus();
    } else if (key === "m") {
      if (select.value && words.value.trim() === textOf(select.selectedOptions[0]).trim()) {
        select.value = "";
        select.dispatchEvent(new Event("change"));
        words.value = "";
      }
      words.focus();
    } else {
      panel.querySelector("input:checked, input:not([type=hidden]), textarea")?.focus();
    }
    return true;
  }
  for (const each of document.querySelectorAll("[data-scripted]")) each.hidden = true;

  // Keys ---------------------------------------------------------------------------------------
  function press(key) {
    const focused = document.querySelector(`[data-focus="${key}"]`);
    if (focused) {
      closed();
      focused.focus();
      return true;
    }
    if (unfold(key)) return true;
    const found = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    found?.click();
    return Boolean(found);
  }

  function does(key) {
    if (key === "t") turn();
    else if (key === "b") boxes();
    else if (key === "+" || key === "=") zoomed(1.5);
    else if (key === "-") zoomed(1 / 1.5);
    else if (/^[1-9]$/.test(key)) enlarge(photos.find((each) => each.dataset.photo === key));
    else if (big.open) return false;
    else if (key === "?") keys.showModal();
    else if (key === "escape") return closed();
    else return "apsmdcunjklo".includes(key) && press(key);
    return true;
  }

  document.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (event.target.closest("input:not([type=radio], [type=checkbox]), select, textarea")) {
      if (key === "escape" && closed()) event.preventDefault();
      return;
    }
    if (keys.open) return;
    if (key.length === 1 || key === "escape") if (does(key)) event.preventDefault();
  });
  for (const each of document.querySelectorAll("[data-keys]")) each.hidden = false;
  document.querySelector('button[data-key="?"]').addEventListener("click", () => keys.showModal());

  // A form is sent once, however fast somebody presses. ------------------------------------------
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "dialog") return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sent;
  });

  // Who is on it -------------------------------------------------------------------------------
  const held = document.querySelector("[data-look]");
  const token = held.querySelector("[name=csrfmiddlewaretoken]").value;
  async function stay() {
    if (document.hidden || !held.querySelector("button")) return;
    const body = new URLSearchParams({ do: "stay", csrfmiddlewaretoken: token });
    const answer = await fetch(held.dataset.look, { method: "POST", body }).catch(() => null);
    if (!answer || !answer.ok || answer.redirected) return;
    const look = await answer.json();
    held.hidden = look.is_mine;
    held.querySelector("[data-looker]").textContent = look.is_mine ? "" : look.name;
  }
  setInterval(stay, 45000);
  document.addEventListener("visibilitychange", stay);
})();
