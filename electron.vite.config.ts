import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** The oldest runtime the build must run on; no newer syntax or API may leave the bundler. */
const NODE_TARGET = 'node20'
const CHROMIUM_TARGET = 'chrome130'

/**
 * Packages the main process loads from node_modules: native code, files found by path, or too rarely
 * used to be read at start. Everything else is bundled, because a window that waits for hundreds of
 * small module files opens visibly later.
 */
const EXTERNAL = [
  'better-sqlite3',
  'pdfmake',
  'bwip-js',
  'pino',
  '@expo-google-fonts/noto-sans-sc',
  // Its zip library names a `require` of its own, beside the one the bundle has.
  'write-excel-file',
]

export default defineConfig({
  main: {
    build: {
      target: NODE_TARGET,
      outDir: 'out/main',
      sourcemap: true,
      externalizeDeps: false,
      rolldownOptions: {
        external: EXTERNAL.flatMap((name) => [name, new RegExp(`^${name}/`)]),
        input: {
          main: here('src-main/hosts/electron/main.ts'),
          'import-worker': here('src-main/imports/worker.ts'),
          'pdf-worker': here('src-main/papers/worker.ts'),
          'attachment-worker': here('src-main/attachments/worker.ts'),
          'radar-worker': here('src-main/radar/worker.ts'),
          'report-worker': here('src-main/reports/figures/worker.ts'),
          'slip-worker': here('src-main/printers/escpos/worker.ts'),
          'maintenance-worker': here('src-main/database/maintenance-worker.ts'),
        },
        output: {
          // One flat folder: `worker-url.ts` finds the workers beside whichever file asks for them.
          entryFileNames: '[name].js',
          chunkFileNames: '[name]-[hash].js',
        },
      },
    },
  },
  preload: {
    build: {
      target: NODE_TARGET,
      outDir: 'out/preload',
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: here('src-main/hosts/electron/preload.ts') },
        // A sandboxed preload must be one CommonJS file, and in an ES module package it must say so.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: here('src-renderer'),
    plugins: [react()],
    build: {
      target: CHROMIUM_TARGET,
      outDir: 'out/renderer',
      minify: true,
      chunkSizeWarningLimit: 2500,
      rolldownOptions: {
        input: {
          index: here('src-renderer/index.html'),
          print: here('src-renderer/print.html'),
        },
      },
    },
  },
})
