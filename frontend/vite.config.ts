import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { manifest } from './src/app/manifest.js'

const server = process.env['PROJECTIONIST_URL'] ?? 'http://localhost:2160'

export default defineConfig({
  plugins: [
    react(),
    tailwindcss(),
    VitePWA({
      registerType: 'prompt',
      injectRegister: false,
      manifest,
      includeAssets: ['icon.svg', 'apple-touch-icon.png'],
      workbox: {
        globPatterns: ['**/*.{js,css,html,svg}', '**/geist-latin-wght-*.woff2'],
        // The player's HLS engine is large and only needed by who plays: fetched then, cached by the browser.
        globIgnores: ['**/hls*.js'],
        navigateFallback: '/index.html',
        navigateFallbackDenylist: [/^\/api\//, /^\/metrics/],
      },
    }),
  ],
  // Contracts are read from their sources, so that a change shows at once and no build order is needed.
  resolve: { conditions: ['source', 'module', 'browser', 'development|production'] },
  server: { port: 5173, proxy: { '/api': { target: server, ws: true, changeOrigin: false } } },
  build: { target: 'es2022', sourcemap: true, reportCompressedSize: true },
})
