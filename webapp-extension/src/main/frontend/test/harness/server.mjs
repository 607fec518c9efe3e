import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { answer } from './api.mjs';

/**
 * A stand-in for Cockpit: its page frame, its Content-Security-Policy, its way to load a plugin and to render routes,
 * and the REST resources with example data. FASTN_COCKPIT_CSS may name a copy of Cockpit's own style sheet.
 */
const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const ASSETS = '/camunda/api/cockpit/plugin/fastn/static/app/';
const CSP =
  "base-uri 'self';script-src 'nonce-harness' 'strict-dynamic' 'unsafe-eval' https: 'self' 'unsafe-inline';style-src 'unsafe-inline' 'self';default-src 'self';img-src 'self' data:;form-action 'self';frame-ancestors 'none';object-src 'none';sandbox allow-forms allow-scripts allow-same-origin allow-popups allow-downloads";
const TYPES = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

export function serve(port = 0) {
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url, 'http://localhost');
    const send = (status, type, body, headers = {}) => {
      response.writeHead(status, {
        'content-type': type,
        'x-content-type-options': 'nosniff',
        ...headers,
      });
      response.end(body);
    };
    if (pathname.startsWith(ASSETS)) return file(join(dist, pathname.slice(ASSETS.length)), send);
    if (pathname.startsWith('/cockpit-css/') && process.env.FASTN_COCKPIT_CSS) {
      return file(join(process.env.FASTN_COCKPIT_CSS, pathname.slice(13)), send);
    }
    const api = '/camunda/api/fastn/default';
    if (pathname.startsWith(api)) return rest(request, pathname.slice(api.length) + search, send);
    send(200, 'text/html', page(), {
      'content-security-policy': CSP,
      'set-cookie': 'XSRF-TOKEN=harness-token;Path=/camunda',
    });
  });
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
}

function file(path, send) {
  if (!path.startsWith('/') || !existsSync(path)) return send(404, 'text/plain', 'no such file');
  send(200, TYPES[extname(path)] ?? 'application/octet-stream', readFileSync(path));
}

function rest(request, path, send) {
  let text = '';
  request.on('data', (part) => {
    text += part;
  });
  request.on('end', () => {
    if (request.method !== 'GET' && request.headers['x-xsrf-token'] !== 'harness-token') {
      return send(403, 'text/plain', 'CSRFPreventionFilter: Invalid HTTP Header Token.');
    }
    const [status, body, headers] = answer(request.method, path, text ? JSON.parse(text) : null);
    const json = typeof body !== 'string';
    send(
      status,
      json ? 'application/json' : 'text/plain',
      json ? JSON.stringify(body) : body,
      headers,
    );
  });
}

const page =
  () => `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Camunda Cockpit</title>
<base href="/camunda/app/cockpit/default/">
<link rel="stylesheet" href="/cockpit-css/app/cockpit/camunda-cockpit-bootstrap.css"><link rel="stylesheet" href="${ASSETS}plugin.css?bust=7.24.0">
<style>header.top{position:absolute;inset:0 0 auto;height:50px;background:#fff;border-bottom:1px solid #e5e5e5;display:flex;align-items:center;gap:22px;padding:0 20px;box-sizing:border-box}
header.top b{color:#333;font-size:16px}header.top a{color:#555}.ctn-wrapper{position:absolute!important;inset:50px 0 26px!important;background:#fff}footer.end{position:absolute;inset:auto 0 0;height:26px;padding:4px 20px;font-size:11px;color:#777;background:#fff;border-top:1px solid #e5e5e5;box-sizing:border-box}</style></head>
<body><header class="top"><b>Camunda Cockpit</b><a>Processes</a><a>Decisions</a><span id="nav"></span><a>Human Tasks</a></header>
<div class="ctn-wrapper" id="view"></div><footer class="end">Powered by Camunda Platform 7.24.0</footer>
<script type="module" nonce="harness">
window.violations = [];
document.addEventListener('securitypolicyviolation', (e) => violations.push(e.violatedDirective + ' ' + e.blockedURI));
const { default: plugins } = await import('${ASSETS}plugin.js?bust=7.24.0');
const of = (point) => plugins.filter((p) => p.pluginPoint === point);
for (const p of of('cockpit.navigation')) p.render(document.querySelector('#nav'), {});
let shown;
const route = () => {
  const view = document.querySelector('#view');
  const node = document.createElement('div');
  const before = shown;
  const match = location.hash.startsWith('#/workflows') ? of('cockpit.route')[0]
    : location.hash.startsWith('#/process-definition') ? of('cockpit.processDefinition.runtime.tab')[0] : undefined;
  match?.render(node, { processDefinitionId: decodeURIComponent(location.hash.split('/')[2] ?? '') });
  view.replaceChildren(node);
  before?.unmount?.();
  shown = match;
};
addEventListener('hashchange', route);
route();
</script></body></html>`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const server = await serve(Number(process.env.PORT ?? 5188));
  console.log(`http://127.0.0.1:${server.address().port}/camunda/app/cockpit/default/#/workflows`);
}
