// Asks the server how far the photos of this page are, for as long as something is on its way.
// Without this script the page says the same when it is loaded again.
const FIRST_PAUSE = 1_200;
const LONGEST_PAUSE = 8_000;
let isFollowing = false;

const asked = async (address) => {
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    // Sent meanwhile in another tab, or the pass has run out: there is nothing to follow any more.
    const isOver = answer.redirected || answer.status === 403;
    return isOver ? "over" : answer.ok && (await answer.json());
  } catch {
    return null; // the line broke: asked again in a moment
  }
};

const followed = async (address, isWaiting, answered) => {
  if (isFollowing || !address) return;
  isFollowing = true;
  for (let pause = FIRST_PAUSE; isWaiting(); pause = Math.min(pause * 1.2, LONGEST_PAUSE)) {
    await new Promise((done) => { setTimeout(done, pause); });
    const answer = document.hidden ? null : await asked(address);
    if (answer === "over") break;
    if (answer) answered(answer);
  }
  isFollowing = false;
};

// The page of a label that is being read is loaded again when there is something else to show; but
// not under somebody who has begun to type.
const reading = document.getElementById("reading");
if (reading) {
  const field = document.getElementById("serial");
  const typed = field?.value ?? "";
  let isSeen = false;
  followed(
    reading.dataset.state,
    () => !isSeen,
    ({ label }) => {
      if (label === reading.dataset.token) return;
      isSeen = true;
      if ((field?.value ?? "") === typed && document.activeElement !== field) {
        window.location.reload();
        return;
      }
      const done = document.getElementById("reading-done");
      if (done) done.hidden = false;
    },
  );
}
