// Bundles the JavaScript that runs inside the plugin: the parser of the compiler and the boot script of the sandbox.
import { build } from 'esbuild';

const [outdir] = process.argv.slice(2);
if (!outdir) throw new Error('build.mjs: say where to write, e.g. node build.mjs ../../../target/classes/ai/fastn/camunda/js');

await build({
  entryPoints: ['parser.js', 'boot.js'],
  outdir,
  bundle: true,
  format: 'iife',
  platform: 'neutral',
  mainFields: ['module', 'main'],
  conditions: ['import', 'default'],
  target: 'es2023',
  charset: 'utf8',
  legalComments: 'none',
  minifySyntax: true,
  logLevel: 'warning',
});
