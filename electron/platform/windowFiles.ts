/** Every file that the window may load, by its address. The list is complete when the product is built; nothing else is served. */
export const windowFiles: ReadonlyMap<string, { readonly file: string; readonly type: string }> = new Map([
  ['/', { file: 'index.html', type: 'text/html; charset=utf-8' }],
  ['/index.html', { file: 'index.html', type: 'text/html; charset=utf-8' }],
  ['/icon.svg', { file: 'icon.svg', type: 'image/svg+xml' }],
  ['/assets/window.js', { file: 'assets/window.js', type: 'text/javascript; charset=utf-8' }],
  ['/assets/window.css', { file: 'assets/window.css', type: 'text/css; charset=utf-8' }],
])
