import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { jarFiles } from './vite.jar.ts';

/** Two entries: `plugin.js`, which Cockpit loads at its start, and the page, which plugin.js loads at first use. */
export default defineConfig({
  base: './',
  plugins: [react(), jarFiles()],
  build: {
    outDir: process.env.FASTN_OUT ?? 'dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      input: { plugin: 'src/plugin.ts', page: 'src/host/mount.tsx' },
      preserveEntrySignatures: 'strict',
      output: {
        format: 'es',
        entryFileNames: (chunk) =>
          chunk.name === 'plugin' ? 'plugin.js' : 'chunks/[name]-[hash].js',
        // A chunk of only a style sheet is named after it: `Table.module`.
        chunkFileNames: ({ name }) => `chunks/${name.replace('.module', '')}-[hash].js`,
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  },
});
