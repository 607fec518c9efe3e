// Drives Chromium through Cockpit as a person would. Started by CockpitTest:
//   node cockpit.mjs <what> <host url> <folder for screenshots>
// Ends with 0 when everything was seen, otherwise with 1 and the reason on stderr. Each page is photographed.
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [what, host, screenshots] = process.argv.slice(2);
const WORKFLOW = "HubSpot Deal to Gamma Deck";
const EVENT = [{ objectId: 9005, propertyName: "dealstage", propertyValue: "presentationscheduled" }];

function browserPath() {
  const candidates = [process.env.CHROMIUM_PATH, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  const found = candidates.find((path) => path && existsSync(path));
  if (!found) {
    throw new Error("Chromium is not installed: install it (apt-get install chromium) or set CHROMIUM_PATH to it.");
  }
  return found;
}

async function login(page) {
  await page.goto(`${host}/camunda/app/cockpit/default/`);
  await page.getByPlaceholder("Username").fill("demo");
  await page.getByPlaceholder("Password").fill("demo");
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByRole("link", { name: "Processes", exact: true }).waitFor();
}

async function runWorkflow(page, photograph) {
  await page.getByRole("link", { name: "Workflows", exact: true }).first().click();
  const row = page.getByRole("row").filter({ hasText: WORKFLOW });
  await row.waitFor();
  await photograph("workflows");

  await row.getByRole("link", { name: WORKFLOW, exact: true }).click();
  await page.getByText("export default async function").first().waitFor();
  await photograph("workflow");

  await page.getByRole("tab", { name: "Test" }).click();
  await page.getByRole("textbox", { name: "CTX.INPUT" }).fill(JSON.stringify(EVENT));
  await page.getByRole("button", { name: "Run", exact: true }).click();
  const result = page.getByRole("region", { name: "Result" });
  await result.getByText("Completed").first().waitFor({ timeout: 90_000 });
  await result.getByText("proposal-for-hooli").first().waitFor();
  await photograph("result");
}

const journeys = {
  async login(page, photograph) {
    await login(page);
    await photograph("dashboard");
  },
  async run(page, photograph) {
    await login(page);
    await runWorkflow(page, photograph);
  },
};

mkdirSync(screenshots, { recursive: true });
const browser = await chromium.launch({ executablePath: browserPath(), args: ["--no-sandbox", "--disable-dev-shm-usage"] });
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
page.setDefaultTimeout(30_000);
const mistakes = [];
page.on("pageerror", (error) => mistakes.push(error.message));
const photograph = (name) => page.screenshot({ path: join(screenshots, `${what}-${name}.png`) });
try {
  await journeys[what](page, photograph);
  if (mistakes.length > 0) {
    throw new Error(`The page reported errors: ${mistakes.join("; ")}`);
  }
} catch (error) {
  await photograph("failed");
  console.error(`${error.message}\nat ${page.url()}`);
  process.exitCode = 1;
} finally {
  await browser.close();
}
