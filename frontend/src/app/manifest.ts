/** What a phone needs to install the web app. */
export const manifest = {
  name: 'Projectionist',
  short_name: 'Projectionist',
  description: 'Your films, series, music and photos, from your own disks.',
  id: '/',
  start_url: '/',
  scope: '/',
  display: 'standalone' as const,
  background_color: '#0e0d0c',
  theme_color: '#0e0d0c',
  categories: ['entertainment', 'music', 'photo'],
  icons: [
    { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
    { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
    { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' as const },
    { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
  ],
}
