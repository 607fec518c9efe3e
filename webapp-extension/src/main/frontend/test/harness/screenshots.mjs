import { mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { serve } from './server.mjs';

/** Opens every screen in a real browser under Cockpit's security policy, and keeps pictures of them. */
const out = process.argv[2] ?? 'screenshots';
mkdirSync(out, { recursive: true });
const server = await serve();
const base = `http://127.0.0.1:${server.address().port}/camunda/app/cockpit/default/`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
const slug = 'hubspot-discovery-deal-to-gamma-deck';
const trouble = [];
const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core')), 'utf8');

for (const [width, height] of [
  [1280, 720],
  [1600, 1000],
]) {
  const context = await browser.newContext({
    viewport: { width, height },
    locale: process.env.LOCALE ?? 'en-US',
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => trouble.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && trouble.push(message.text()));
  const shot = async (name) => {
    await page.waitForTimeout(350);
    await page.screenshot({ path: `${out}/${name}-${width}.png` });
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run('#view'));
    for (const { id, nodes } of violations)
      trouble.push(
        `${name}: axe ${id}: ${nodes
          .slice(0, 3)
          .map((n) => n.html.slice(0, 120))
          .join(' | ')}`,
      );
  };
  const open = (hash) => page.goto(base + hash);

  await open('#/workflows');
  await page.getByRole('row').nth(1).waitFor();
  await shot('1-workflows');
  await page.getByRole('searchbox').fill('zzz');
  await page.getByRole('heading', { name: 'No workflow matches' }).waitFor();
  await page.waitForTimeout(500);
  if (!(await page.getByRole('searchbox').evaluate((box) => box === document.activeElement)))
    trouble.push('search lost the focus');
  await shot('2-nothing-found');
  await page.getByRole('button', { name: 'Show all workflows' }).click();

  await open(`#/workflows/${slug}?tab=test`);
  await page.getByRole('textbox', { name: 'CTX.INPUT' }).waitFor();
  await shot('3-test');
  const input = page.getByRole('textbox', { name: 'CTX.INPUT' });
  await input.fill('[{"propertyName": "dealstage", "propertyValue": }]');
  await input.press('Control+Enter');
  await shot('4-test-invalid-json');
  await input.fill(
    '[\n  {\n    "propertyName": "dealstage",\n    "propertyValue": "discovery",\n    "objectId": "9087"\n  }\n]',
  );
  await input.press('Control+Enter');
  await page.getByRole('tabpanel').getByText('Completed', { exact: true }).waitFor();
  await shot('5-test-result');
  await input.fill('{"fail": true}');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByText('ConnectorError').waitFor();
  await page.getByRole('button', { name: 'Show line 16 in the code' }).click();
  await shot('6-test-failure');

  await page.getByRole('tab', { name: 'Docs', exact: true }).click();
  const card = (id) => page.locator(`.djs-shape[data-element-id="${id}"] .djs-hit`).first();
  await card('read_hubspotCrm_getDeal').waitFor();
  await shot('7-flow');
  await card('process_fastn').click();
  await shot('8-flow-selected');
  await page.locator('.cm-line', { hasText: 'fastn.sleep' }).hover();
  await page.getByRole('button', { name: 'Download' }).click();
  await shot('8-flow-download');
  await page.keyboard.press('Escape');
  await page.getByRole('searchbox', { name: 'Find a step' }).fill('gmail');
  await page.keyboard.press('Enter');
  await shot('8-flow-search');
  await page.getByRole('button', { name: 'Move the panel below the code' }).click();
  await page.getByRole('button', { name: 'Draw from left to right' }).click();
  await card('read_hubspotCrm_getDeal').waitFor();
  await page.getByRole('button', { name: 'Fit to the panel' }).click();
  await page.locator('.cm-line', { hasText: 'fastn.sleep' }).click();
  await shot('9-flow-below');
  await page.getByRole('button', { name: 'Fill the page with the panel' }).click();
  await card('read_hubspotCrm_getDeal').waitFor();
  await page.getByRole('button', { name: 'Fit to the panel' }).click();
  await shot('10-flow-full');
  await page.getByRole('button', { name: 'Show the code again' }).click();
  await page.getByRole('button', { name: 'Draw from top to bottom' }).click();
  await page.getByRole('button', { name: 'Move the panel beside the code' }).click();
  await page.getByRole('tab', { name: 'Sequence' }).click();
  await page.getByRole('button', { name: /Existing\?/ }).click();
  await shot('15-sequence');
  await open(`#/workflows/${slug}?tab=docs&sub=reference`);
  await page.getByRole('heading', { name: 'Trigger' }).waitFor();
  await shot('16-reference');
  await page.emulateMedia({ media: 'print' });
  await page.pdf({ path: `${out}/17-reference-print-${width}.pdf`, format: 'A4' });
  await page.screenshot({ path: `${out}/17-reference-print-${width}.png`, fullPage: true });
  await page.emulateMedia({ media: 'screen' });
  await open(`#/workflows/${slug}/diff?from=1&to=2`);
  await page.locator('.cm-mergeView').waitFor();
  await shot('18-diff-code');
  await page.getByRole('combobox', { name: 'Compare versions' }).selectOption('unified');
  await shot('19-diff-unified');
  await page.getByRole('tab', { name: /^Flow/ }).click();
  await page.locator('.djs-shape.fastn-added').first().waitFor();
  await page.getByRole('button', { name: 'Added Existing?' }).click();
  await shot('20-diff-flow');
  await page.getByRole('tab', { name: /^Configuration/ }).click();
  await shot('21-diff-configuration');
  await open('#/workflows/-/connectors');
  await page.getByRole('link', { name: 'My Shop' }).waitFor();
  await shot('22-connectors');
  await page.getByRole('link', { name: 'My Shop' }).click();
  await page.getByRole('button', { name: /getOrder/ }).click();
  await page.getByRole('textbox', { name: 'INPUT' }).waitFor();
  await shot('23-connector-action');
  await page.getByRole('button', { name: 'Run LIVE…' }).click();
  await shot('24-connector-confirm');
  await page.getByRole('button', { name: 'Perform it' }).click();
  await page.getByText('Result (LIVE)', { exact: true }).waitFor();
  await shot('25-connector-result');
  await page.getByRole('tab', { name: /^Connections/ }).click();
  await shot('26-connections');
  await page.getByRole('button', { name: 'Add connection' }).click();
  await shot('27-connection-add');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('tab', { name: 'Definition' }).click();
  const definition = page.getByRole('textbox', { name: 'Definition as YAML or JSON' });
  await definition.waitFor();
  await definition.press('Control+Home');
  await definition.pressSequentially('titel: x\n');
  await page.getByRole('button', { name: 'Save as new version' }).click();
  await page.getByText(/Line 1: has an unknown field/).waitFor();
  await shot('28-definition');
  await page.getByRole('tab', { name: 'Versions' }).click();
  await shot('29-connector-versions');
  await open('#/workflows/-/connectors/accounts?tab=connections');
  await page.getByText('with a secret').waitFor();
  await shot('31-oauth-app');
  await open('#/workflows/-/connectors/http?tab=connections');
  await page.getByRole('button', { name: 'Add connection' }).click();
  const kind = page.getByRole('combobox', { name: 'Authentication' });
  await kind.selectOption('apiKey');
  await shot('32-connection-http-key');
  await kind.selectOption('customLogin');
  await page.getByLabel('Body as JSON').fill('user: {username}\npassword: {password}');
  await shot('33-connection-http-login');
  await page.getByLabel('Password').scrollIntoViewIfNeeded();
  await shot('33-connection-http-login-below');
  await kind.selectOption('oauth2ClientCredentials');
  await page.getByText('More settings').click();
  await shot('34-connection-http-client');
  await open('#/workflows/-/connectors/email?tab=connections');
  await page.getByRole('button', { name: 'Add connection' }).click();
  await shot('35-connection-email');
  await open('#/workflows/-/connectors?create=openapi');
  await page.getByRole('textbox', { name: 'OpenAPI document' }).fill('openapi: 3.1.0');
  await page.getByRole('button', { name: 'Read document' }).click();
  await page.getByText('listPets').waitFor();
  await shot('30-import');
  await open(`#/workflows/${slug}?tab=executions`);

  await page.getByRole('tab', { name: 'Executions' }).click();
  await page.getByText(/4\dm ago/).waitFor();
  await shot('11-executions');
  await page
    .getByRole('button', { name: /^Details/ })
    .nth(2)
    .click();
  await page.getByText('FASTN-30201').waitFor();
  await shot('12-executions-open');

  await open('#/workflows/no-such-workflow');
  await page.getByRole('heading', { name: 'There is no workflow' }).waitFor();
  await shot('13-unknown');
  await open(`#/process-definition/${slug}%3A2%3A4f2c/runtime`);
  await page.getByText('Open its code').waitFor();
  await shot('14-definition-tab');
  trouble.push(...(await page.evaluate(() => window.violations)));
  await context.close();
}
await browser.close();
server.close();
const serious = trouble.filter(
  (text) => !/(404 \(Not Found|422 \(Unprocessable Entity)\)/.test(text),
);
console.log(serious.length === 0 ? `pictures in ${out}` : serious.join('\n'));
process.exitCode = serious.length === 0 ? 0 : 1;
