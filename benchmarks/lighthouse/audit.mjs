// Judges pages with Lighthouse in one headless Chromium, and prints the scores as JSON.
//
// Read from the standard input: {chromium, sandbox, pages: [{name, address, form, times}], categories}.
// Written: [{name, form, scores: {category: [0 to 100, one for each time]}, lost: ["audit: title"]}].
// `lost` names what cost a score, in any of the times. Nothing is sent to anybody but the pages' server.

import { readFileSync } from "node:fs";

import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";

const TRIES = 3;
const asked = JSON.parse(readFileSync(0, "utf-8"));
const flags = ["--headless=new", "--disable-dev-shm-usage", ...(asked.sandbox ? [] : ["--no-sandbox"])];
const chrome = await launch({ chromePath: asked.chromium, chromeFlags: flags, logLevel: "error" });

/** What cost the category something: the audits with weight that are not at their best. */
function lostIn(report, category) {
  return report.categories[category].auditRefs
    .filter((each) => each.weight > 0 && report.audits[each.id].score !== null)
    .filter((each) => report.audits[each.id].score < 1)
    .map((each) => `${each.id}: ${report.audits[each.id].title}`);
}

/** One run. A browser that stumbles on a busy machine says nothing of the page: it is tried again. */
async function run(page, options, config) {
  for (let tries = 1; ; tries += 1) {
    try {
      const { lhr } = await lighthouse(page.address, options, config);
      if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
      return lhr;
    } catch (error) {
      if (tries === TRIES) throw new Error(`${page.address}: ${error.message}`);
    }
  }
}

async function judged(page) {
  const config = page.form === "desktop" ? desktopConfig : undefined;
  const options = { port: chrome.port, onlyCategories: asked.categories, logLevel: "error" };
  const scores = Object.fromEntries(asked.categories.map((category) => [category, []]));
  const lost = new Set();
  for (let time = 0; time < page.times; time += 1) {
    const lhr = await run(page, options, config);
    for (const category of asked.categories) {
      scores[category].push(Math.round(lhr.categories[category].score * 100));
      lostIn(lhr, category).forEach((each) => lost.add(each));
    }
  }
  return { name: page.name, form: page.form, scores, lost: [...lost] };
}

try {
  const all = [];
  for (const page of asked.pages) all.push(await judged(page));
  console.log(JSON.stringify(all));
} finally {
  await chrome.kill();
}
