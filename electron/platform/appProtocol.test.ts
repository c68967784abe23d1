import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { aFolder } from '../../tests/support/temporary.ts'
import { answerAppRequest } from './appProtocol.ts'
import { windowFiles } from './windowFiles.ts'

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'renderer/index.html'), 'utf8')
const SECRET = 'the key of the store'

/** What a build leaves, in a folder of this test's own, with files beside and below that nobody may have. */
function aBuild() {
  const around = aFolder()
  const folder = join(around, 'renderer')
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(around, path)), { recursive: true })
    writeFileSync(join(around, path), text)
  }
  for (const { file } of windowFiles.values()) write(join('renderer', file), `text of ${file}`)
  write('renderer/index.html', page)
  for (const path of ['store-key.json', 'renderer/store-key.json', 'renderer/assets/window.js.map']) write(path, SECRET)
  return (url: string, init?: RequestInit) => answerAppRequest(new Request(url, init), folder)
}

describe('a request of the window', () => {
  it.each([...windowFiles])('is answered from the list: %s', async (address, { file, type }) => {
    const ask = aBuild()

    const answered = await ask(`app://holdfast${address}`)

    expect(answered.status).toBe(200)
    expect(answered.headers.get('content-type')).toBe(type)
    expect(await answered.text()).toContain(file === 'index.html' ? '<title>Holdfast</title>' : `text of ${file}`)
  })

  it.each([
    ['/store-key.json'],
    ['/assets/window.js.map'],
    ['/assets'],
    ['/assets/'],
    ['/assets/../store-key.json'],
    ['/../store-key.json'],
    ['/../../store-key.json'],
    ['/%2e%2e/store-key.json'],
    ['/%2E%2E/store-key.json'],
    ['/..%2fstore-key.json'],
    ['/..%5cstore-key.json'],
    ['/..\\store-key.json'],
    ['/assets/window.js/../../../store-key.json'],
    ['//index.html'],
    ['/index.html/'],
    ['/index.html%00'],
    ['/%69ndex.html'],
    ['/INDEX.HTML'],
    ['/constructor'],
    ['/__proto__'],
  ])('finds nothing that is not in the list, nor a way out of the folder: %s', async path => {
    const ask = aBuild()

    const answered = await ask(`app://holdfast${path}`)

    expect(answered.status).toBe(404)
    expect(await answered.text()).toBe('Not found')
  })

  it.each([
    ['app://elsewhere/'],
    ['app://elsewhere/index.html'],
    ['app://holdfast.elsewhere/'],
    ['app://holdfast:8080/'],
    ['app:///index.html'],
    ['other://holdfast/'],
    ['file:///index.html'],
    ['http://holdfast/'],
    ['https://holdfast/index.html'],
  ])('finds nothing at another host or scheme: %s', async url => {
    expect((await aBuild()(url)).status).toBe(404)
  })

  it.each([['POST'], ['PUT'], ['DELETE'], ['HEAD'], ['OPTIONS']])('only reads: %s finds nothing', async method => {
    expect((await aBuild()('app://holdfast/', { method })).status).toBe(404)
  })
})

/** Directives of the policy by name. */
function policyOf(answered: Response): Readonly<Record<string, string>> {
  const directives = (answered.headers.get('content-security-policy') ?? '').split('; ')
  return Object.fromEntries(directives.map(one => [one.split(' ')[0] ?? '', one.slice(one.indexOf(' ') + 1)] as const))
}

const nonceIn = (policy: Readonly<Record<string, string>>): string | undefined =>
  /'nonce-([^']+)'/.exec(policy['style-src'] ?? '')?.[1]

describe('what a page may do', () => {
  it('is to load our own files, and nothing else', async () => {
    const policy = policyOf(await aBuild()('app://holdfast/'))

    expect({ ...policy, 'style-src': policy['style-src']?.replace(nonceIn(policy) ?? '', 'NONCE') }).toEqual({
      'default-src': `'none'`,
      'script-src': `'self'`,
      'style-src': `'self' 'nonce-NONCE'`,
      'img-src': `'self' blob:`,
      'font-src': `'self'`,
      'connect-src': `'none'`,
      'frame-ancestors': `'none'`,
      'base-uri': `'none'`,
      'form-action': `'none'`,
      'require-trusted-types-for': `'script'`,
      'trusted-types': 'default',
    })
  })

  it('carries a nonce of 16 random bytes, fresh for each page, the same in the header and in the page', async () => {
    const ask = aBuild()
    const first = await ask('app://holdfast/')
    const second = await ask('app://holdfast/')
    const [nonce = '', other] = [first, second].map(answered => nonceIn(policyOf(answered)))

    const text = await first.text()

    expect(Buffer.from(nonce, 'base64')).toHaveLength(16)
    expect(other).not.toBe(nonce)
    expect(text).toContain(`<meta name="style-nonce" content="${nonce}" />`)
    expect(text).not.toContain('__STYLE_NONCE__')
  })

  it('is said with every file and with every refusal, and none of them is kept', async () => {
    const ask = aBuild()

    for (const path of [...windowFiles.keys(), '/nothing']) {
      const { headers } = await ask(`app://holdfast${path}`)
      expect(headers.get('content-security-policy')).toContain(`default-src 'none'; script-src 'self';`)
      expect(Object.fromEntries(headers)).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()',
        'cache-control': 'no-store',
      })
    }
  })
})

describe('the list of files', () => {
  const build = readFileSync(join(root, 'electron.vite.config.ts'), 'utf8')
  const assets = readdirSync(join(root, 'renderer/public'), { recursive: true, encoding: 'utf8' })

  it('has what the page names and everything that is copied into the build', () => {
    const named = [...page.matchAll(/(?:href|src)="\/([^"]+)"/g)].map(([, path]) => path)
    const files = [...windowFiles.values()].map(one => one.file)

    expect(files).toEqual(expect.arrayContaining([...named, ...assets]))
  })

  it('has nothing that is neither the page, nor copied, nor made by the build under that name', () => {
    const made = ['assets/window.js', 'assets/window.css']
    expect(build).toContain(`entryFileNames: 'assets/window.js'`)
    expect(build).toContain(`assetFileNames: 'assets/window[extname]'`)

    const files = new Set([...windowFiles.values()].map(one => one.file))

    expect([...files].toSorted()).toEqual(['index.html', ...assets, ...made].toSorted())
  })
})
