// Shows what is being typed, four characters at a time, as the server will read it.
// Without this script nothing is missing: the answer shows the same.
const field = document.getElementById("serial");
const live = document.getElementById("live");
const list = document.getElementById("live-chars");
const count = document.getElementById("live-count");
const legend = document.getElementById("live-legend");

if (field && live && list) {
  const alike = new Set(field.dataset.alike);
  const exact = Number(field.dataset.exact);
  const shown = 60; // as many as an answer shows; whoever pastes a page must not wait for it
  let speaking;

  const read = (text) => text.normalize("NFKC").toUpperCase().replace(/[\s\p{Pd}\p{Cc}\p{Cf}\u2212]/gu, "");

  const words = (length) =>
    (exact ? field.dataset.of.replace("{total}", exact) : field.dataset.some).replace("{count}", length);

  const show = () => {
    const characters = [...read(field.value)];
    list.replaceChildren(
      ...characters.slice(0, shown).map((character) => {
        const item = document.createElement("li");
        item.textContent = character;
        item.classList.toggle("alike", alike.has(character));
        return item;
      }),
    );
    live.hidden = characters.length === 0;
    legend.hidden = !characters.some((character) => alike.has(character));
    clearTimeout(speaking);
    speaking = setTimeout(() => { count.textContent = words(characters.length); }, 400);
  };

  field.addEventListener("input", show);
  show();
}

// The drawing of the model that was chosen opens by itself.
document.querySelectorAll('input[name="model"][type="radio"]').forEach((choice) => {
  choice.addEventListener("change", () => {
    document.querySelectorAll("details[data-models]").forEach((drawing) => {
      drawing.open = drawing.dataset.models.split("|").includes(choice.value);
    });
  });
});
