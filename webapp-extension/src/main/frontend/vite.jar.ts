import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** What the server gives out: the pattern of FastnAssetsResource. */
const SERVED = /^(plugin\.(js|css)|(chunks|assets)\/[A-Za-z0-9_-]+\.(js|css|svg|json|woff2))$/;

const PACKED = /\.(js|css|svg|json)$/;

/**
 * What the jar needs beyond the bundle: the page's hashed names written into plugin.js (so that plugin.js imports
 * nothing statically: a missing chunk there would leave the whole Cockpit blank), packed copies, licences of the
 * bundled packages, and `build.json`, written last, by which Maven sees that the build is complete.
 */
export function jarFiles(): Plugin {
  let out = '';
  const packages = new Set<string>();
  return {
    name: 'fastn-jar-files',
    apply: 'build',
    configResolved(config) {
      out = config.build.outDir;
    },
    generateBundle(_options, bundle) {
      const refused = Object.keys(bundle).filter((name) => !SERVED.test(name));
      if (refused.length > 0) throw new Error(`the server gives out no ${refused}`);
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const page = chunks.find((chunk) => chunk.name === 'page' && chunk.isEntry);
      const plugin = chunks.find((chunk) => chunk.name === 'plugin');
      if (!page || !plugin)
        throw new Error('bug: the entries plugin and page are not in the bundle');
      if (plugin.imports.length > 0) throw new Error(`bug: plugin.js imports ${plugin.imports}`);
      const styles = [...(page.viteMetadata?.importedCss ?? [])];
      for (const name of page.imports) {
        const chunk = bundle[name];
        if (chunk?.type === 'chunk') styles.push(...(chunk.viteMetadata?.importedCss ?? []));
      }
      plugin.code = plugin.code
        .replace('fastn:page', page.fileName)
        .replace('fastn:styles', styles.join(' '));
      for (const id of chunks.flatMap((chunk) => chunk.moduleIds)) {
        const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1];
        if (name) packages.add(name);
      }
    },
    closeBundle() {
      writeFileSync(join(out, 'licenses.txt'), licenses([...packages].sort()));
      const files = readdirSync(out, { recursive: true, encoding: 'utf8' })
        .filter((file) => PACKED.test(file))
        .sort();
      const sizes: Record<string, [bytes: number, packed: number]> = {};
      for (const file of files) {
        const packed = gzipSync(readFileSync(join(out, file)), { level: 9 });
        writeFileSync(join(out, `${file}.gz`), packed);
        sizes[file] = [statSync(join(out, file)).size, packed.length];
      }
      const [bytes = 0] = sizes['plugin.js'] ?? [];
      if (bytes > 3000)
        throw new Error(`plugin.js has ${bytes} bytes, more than the 3000 Cockpit shall load`);
      writeFileSync(join(out, 'build.json'), `${JSON.stringify(sizes, null, 2)}\n`);
    },
  };
}

function licenses(names: string[]): string {
  return names
    .map((name) => {
      const folder = join('node_modules', name);
      const description = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
      const text =
        file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : '';
      return `${name} ${description.version} (${description.license})\n\n${text.trim()}\n`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);
}
