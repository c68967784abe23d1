import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { windowFiles } from './windowFiles.ts'

export const APP_ORIGIN = 'app://holdfast'
/** In index.html the place of the nonce that style elements carry. */
const NONCE_PLACE = '__STYLE_NONCE__'

/**
 * What the window may do: load our own files, and nothing else. No network, no markup from strings, no frames.
 *
 * @param nonce fresh for each page; style elements made by the component library carry it.
 */
export const contentSecurityPolicy = (nonce: string): string =>
  [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' blob:`,
    `font-src 'self'`,
    `connect-src 'none'`,
    `frame-ancestors 'none'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types default`,
  ].join('; ')

/** Answers a request of the window from the list of its files. */
export async function answerAppRequest(request: Request, folder: string): Promise<Response> {
  const isOurs = request.url.startsWith(`${APP_ORIGIN}/`)
  const found = isOurs ? windowFiles.get(new URL(request.url).pathname) : undefined
  if (!found || request.method !== 'GET')
    return new Response('Not found', { status: 404, headers: headers('text/plain', '') })
  const nonce = randomBytes(16).toString('base64')
  const body = await readFile(join(folder, found.file))
  const isPage = found.file === 'index.html'
  return new Response(isPage ? body.toString('utf8').replaceAll(NONCE_PLACE, nonce) : new Uint8Array(body), {
    headers: headers(found.type, nonce),
  })
}

function headers(type: string, nonce: string): Record<string, string> {
  return {
    'content-type': type,
    'content-security-policy': contentSecurityPolicy(nonce),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()',
    'cache-control': 'no-store',
  }
}
