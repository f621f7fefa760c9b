import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cachePlace } from './cache.ts'
import { type ReleaseBehaviour, startFakeRelease } from './fake-release.ts'
import { findInstalledK6, findK6 } from './find-k6.ts'
import type { K6Surroundings } from './way.ts'

let home: string
let around: K6Surroundings
const said: string[] = []
const closers: (() => void)[] = []

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'chatgauge-k6-'))
  said.length = 0
  around = {
    env: { HOME: home, PATH: join(home, 'bin') },
    platform: 'linux',
    arch: 'x64',
    releaseUrl: 'http://127.0.0.1:1',
    buildFolder: home,
    connectTimeoutMs: 500,
    silenceTimeoutMs: 500,
    say: line => said.push(line),
  }
  // A go on the PATH that cannot build: no test may start a real build.
  program('bin/go', 'echo "no network here" >&2; exit 1')
})
afterEach(() => {
  for (const close of closers.splice(0)) close()
  rmSync(home, { recursive: true })
})

function program(path: string, script: string): string {
  const file = join(home, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `#!/bin/sh\n${script}\n`)
  chmodSync(file, 0o755)
  return file
}

const k6Program = (path: string, version: string) => program(path, `echo "\${0##*/} v${version} (fake)"`)

async function release(behaviour: ReleaseBehaviour) {
  const server = await startFakeRelease(behaviour)
  closers.push(server.close)
  around.releaseUrl = server.url
  return server
}

describe('K6_BIN', () => {
  it('comes first', async () => {
    k6Program('bin/k6', '2.2.1')
    const path = k6Program('own/k6', '2.2.5')
    around.env = { ...around.env, K6_BIN: path }
    expect(await findK6(around)).toEqual({ path, version: '2.2.5', how: 'K6_BIN' })
  })

  it.each([
    ['another version', () => k6Program('own/k6', '1.3.0'), 'is k6 1.3.0, 2.2.x is needed'],
    ['no k6', () => program('own/k6', 'echo hello'), 'does not say that it is k6'],
    ['nothing', () => '/no/such/k6', '/no/such/k6 cannot be run'],
  ])('that names %s is an error and no reason to look elsewhere', async (_, make, message) => {
    around.env = { ...around.env, K6_BIN: make() }
    k6Program('bin/k6', '2.2.0')
    await expect(findK6(around)).rejects.toThrow(message)
  })
})

describe('the PATH', () => {
  it('gives a k6 that fits', async () => {
    const path = k6Program('bin/k6', '2.2.3')
    expect(await findK6(around)).toEqual({ path, version: '2.2.3', how: 'PATH' })
  })

  it('is passed over when its k6 does not fit', async () => {
    k6Program('bin/k6', '2.1.0')
    expect(await findInstalledK6(around)).toBeUndefined()
    await expect(findK6(around)).rejects.toThrow('bin/k6 is k6 2.1.0, 2.2.x is needed')
  })
})

describe('the release', () => {
  it('is downloaded once, checked, and found in the cache from then on', async () => {
    const server = await release('right')
    const path = cachePlace(around)
    expect(await findK6(around)).toEqual({ path, version: '2.2.0', how: 'downloaded' })
    expect(await findK6(around)).toEqual({ path, version: '2.2.0', how: 'cache' })
    expect(path).toBe(join(home, '.cache/chatgauge/k6/2.2.0-x64/k6'))
    expect(server.downloads()).toBe(1)
    expect(readdirSync(dirname(path))).toEqual(['k6'])
  })

  it('is downloaded once by two installers at the same time', async () => {
    const server = await release('right')
    const found = await Promise.all([findK6(around), findK6(around)])
    expect(found.map(each => each.how).sort()).toEqual(['cache', 'downloaded'])
    expect(server.downloads()).toBe(1)
    expect(said).toContain('another chatgauge installs k6, waiting for it')
  })

  it('goes where XDG_CACHE_HOME says', async () => {
    await release('right')
    around.env = { ...around.env, XDG_CACHE_HOME: join(home, 'caches') }
    expect((await findK6(around)).path).toBe(join(home, 'caches/chatgauge/k6/2.2.0-x64/k6'))
  })

  it.each<[ReleaseBehaviour, string]>([
    ['wrong digest', 'the release says'],
    ['half a file', 'k6-v2.2.0-linux-amd64.tar.gz: '],
    ['hanging', 'k6-v2.2.0-linux-amd64.tar.gz: '],
    ['404', 'answers 404'],
    ['other version', 'it is k6 9.9.9, 2.2.0 was expected'],
  ])('that is no good (%s) is left for the next way, and nothing stays in the cache', async (behaviour, reason) => {
    await release(behaviour)
    await expect(findK6(around)).rejects.toThrow(reason)
    expect(readdirSync(dirname(cachePlace(around)))).toEqual([])
  })
})

describe('the build', () => {
  it('runs go in the folder of the committed go.mod when no release can be had', async () => {
    const log = join(home, 'go.log')
    // `-o` is the fourth word.
    program(
      'bin/go',
      `echo "$PWD $CGO_ENABLED $*" > ${log}; printf '#!/bin/sh\\necho "\${0##*/} v2.2.0 (fake)"\\n' > "$5"; chmod +x "$5"`,
    )
    around.env = { ...around.env, PATH: `${join(home, 'bin')}:/usr/bin:/bin` }
    expect(await findK6(around)).toEqual({
      path: cachePlace(around),
      version: '2.2.0',
      how: expect.stringMatching(/^built in \d+ s$/),
    })
    expect(readFileSync(log, 'utf8')).toMatch(
      new RegExp(`^${home} 0 build -v -trimpath -o \\S+ go\\.k6\\.io/k6/v2\\n$`),
    )
  })

  it('that fails ends in an error that tells what was tried and the ways out', async () => {
    const server = await release('right')
    server.close()
    const message: string = await findK6(around).catch(error => error.message)
    expect(message.split('\n')).toEqual([
      'k6 2.2.x is needed and no way led to one:',
      '  - K6_BIN is not set',
      '  - there is no k6 on the PATH',
      `  - nothing is cached at ${cachePlace(around)}`,
      expect.stringMatching(/^ {2}- .*v2\.2\.0\/k6-v2\.2\.0-checksums\.txt: .*ECONNREFUSED/),
      '  - go build failed: no network here',
      'Ways out: put k6 2.2.0 on the PATH, set K6_BIN to its path, or install Go and let chatgauge build it.',
    ])
    expect(existsSync(cachePlace(around))).toBe(false)
  })
})
