import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

// Only what cannot be bundled stays outside: Electron itself and the native SQLite driver. One file starts faster than a
// thousand, and the packed application needs no node_modules but the driver.
const external = ['electron', 'better-sqlite3']

export default defineConfig({
  main: {
    build: {
      outDir: 'build/app/main',
      externalizeDeps: false,
      sourcemap: true,
      rollupOptions: {
        external,
        input: { main: 'electron/main.ts', engine: 'electron/engine.ts' },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'build/app/preload',
      externalizeDeps: false,
      // A sandboxed preload cannot be an ES module.
      lib: { entry: 'electron/preload.ts', formats: ['cjs'] },
      rollupOptions: { external, output: { entryFileNames: 'preload.cjs' } },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      outDir: 'build/app/renderer',
      emptyOutDir: true,
      modulePreload: false,
      minify: true, // a window that has half to read is there sooner
      // Fixed names: main serves a list of files that is complete when the product is built (electron/platform/windowFiles.ts).
      rollupOptions: {
        input: 'renderer/index.html',
        output: {
          entryFileNames: 'assets/window.js',
          assetFileNames: 'assets/window[extname]',
          inlineDynamicImports: true,
        },
      },
    },
  },
})
