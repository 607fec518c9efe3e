// Draws a BPMN file as PNG, the way a modeler shows it:  node picture.mjs <file.bpmn> <picture.png>
// The pictures of the examples' READMEs are made with it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [file, picture] = process.argv.slice(2);
const viewer = createRequire(import.meta.url).resolve("bpmn-js/dist/bpmn-viewer.production.min.js");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});
try {
  const page = await browser.newPage({ deviceScaleFactor: 1.5 });
  await page.setContent('<body style="margin:0"><div id="canvas"></div></body>');
  await page.addScriptTag({ content: readFileSync(viewer, "utf8") });
  const size = await page.evaluate(async (xml) => {
    const drawn = new window.BpmnJS({ container: "#canvas" });
    await drawn.importXML(xml);
    const { svg } = await drawn.saveSVG();
    document.body.innerHTML = svg;
    const image = document.querySelector("svg");
    return { width: Math.ceil(image.width.baseVal.value), height: Math.ceil(image.height.baseVal.value) };
  }, readFileSync(file, "utf8"));
  await page.setViewportSize(size);
  await page.screenshot({ path: picture, clip: { x: 0, y: 0, ...size } });
} finally {
  await browser.close();
}
