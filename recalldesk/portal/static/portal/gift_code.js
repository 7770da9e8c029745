// Copies the code by a button. Without this script, or without leave to write to the clipboard, a
// tap on the code marks it whole.
const button = document.getElementById("copy");
const code = document.getElementById("gift-code");
const said = document.getElementById("copied");
if (button && code && navigator.clipboard) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      said.textContent = button.dataset.done;
    } catch {
      getSelection().selectAllChildren(code);
    }
  });
}
