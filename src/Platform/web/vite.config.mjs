import { brotliCompressSync, gzipSync } from 'node:zlib';
import { writeFileSync, readFileSync, readdirSync, mkdirSync, existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { defineConfig } from 'vite';
import { drawIcons } from './icons.mjs';

const out = resolve(import.meta.dirname, '../../../artifacts/web');

const modules = resolve(import.meta.dirname, '../../Modules');

/** Each module's Web/*.css joins the one stylesheet, where legwork.css leaves room for them; its islands are found by main.ts. */
const styles = {
  name: 'legwork-styles',
  enforce: 'pre',
  transform(code, id) {
    if (!id.endsWith('styles/legwork.css')) return null;
    const folder = resolve(id, '..');
    const found = readdirSync(modules).sort().map((name) => join(modules, name, 'Web')).filter(existsSync)
      .flatMap((web) => readdirSync(web).filter((name) => name.endsWith('.css')).sort().map((name) => `@import '${relative(folder, join(web, name))}';`));
    return { code: code.replace('/* modules */', found.join('\n')), map: null };
  },
};

/** Icons beside the scripts, and every text file a second and third time, compressed once at build instead of at each answer. */
const finish = {
  name: 'legwork-finish',
  closeBundle() {
    mkdirSync(out, { recursive: true });
    drawIcons(out);
    for (const entry of readdirSync(out, { recursive: true })) {
      const name = String(entry);
      if (!/\.(js|css|svg)$/.test(name)) continue;
      const bytes = readFileSync(join(out, name));
      writeFileSync(join(out, name + '.br'), brotliCompressSync(bytes));
      writeFileSync(join(out, name + '.gz'), gzipSync(bytes, { level: 9 }));
    }
  },
};

export default defineConfig({
  base: '/assets/',
  plugins: [styles, finish],
  resolve: { alias: { '@platform': resolve(import.meta.dirname, 'islands') } },
  build: {
    outDir: out,
    emptyOutDir: true,
    assetsDir: '',
    target: 'es2022',
    modulePreload: false,
    cssCodeSplit: true,
    sourcemap: false,
    manifest: 'manifest.json',
    rollupOptions: {
      input: { legwork: 'styles/legwork.css', main: 'islands/main.ts', sw: 'islands/sw.ts' },
      output: {
        // The worker's address must stay the same from release to release; the browser compares its bytes.
        entryFileNames: (chunk) => (chunk.name === 'sw' ? 'sw.js' : '[name]-[hash].js'),
        chunkFileNames: '[name]-[hash].js',
        assetFileNames: '[name]-[hash][extname]',
      },
    },
  },
});
