// Looks at a page in a browser: node page.mjs PAGE TOOLS. TOOLS is the folder with the packages of package.json.
// Fails on messages in the console, requests, pages wider than the window, and violations that axe finds.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [file, tools] = process.argv.slice(2);
const require = createRequire(resolve(tools, "package.json"));
const { default: puppeteer } = await import(pathToFileURL(require.resolve("puppeteer-core")));
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const browser = await puppeteer.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const problems = [];

async function look(width, scheme) {
  const page = await browser.newPage();
  const say = (text) => problems.push(`${width} px, ${scheme}: ${text}`);
  page.on("console", (message) => say(message.text()));
  page.on("pageerror", (error) => say(String(error)));
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.setViewport({ width, height: 900 });
  const requests = [];
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) say("wider than the window");
  await page.evaluate(() => document.querySelectorAll("details").forEach((fold) => (fold.open = true)));
  await page.click("table.sortable th button");
  const session = await page.createCDPSession(); // not subject to the policy of the page
  await session.send("Runtime.evaluate", { expression: axe });
  for (const { id, nodes } of await page.evaluate(() => axe.run().then((found) => found.violations))) {
    say(`${id}: ${nodes[0].html}`);
  }
  if (requests.length !== 1) say(`requests: ${requests.join(" ")}`);
  await page.close();
}

for (const scheme of ["light", "dark"]) for (const width of [360, 1024, 1600]) await look(width, scheme);
await browser.close();
console.log(problems.join("\n"));
process.exitCode = problems.length ? 1 : 0;
