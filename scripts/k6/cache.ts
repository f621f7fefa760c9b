import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { withLock } from '../bootstrap/lock.mjs'
import { askVersion, k6Version } from './version.ts'
import type { K6Surroundings, WayOutcome } from './way.ts'

/** Per user and outside node_modules, which `npm ci` removes. */
export function cachePlace({ env, arch }: K6Surroundings): string {
  const caches = env.XDG_CACHE_HOME || join(env.HOME ?? homedir(), '.cache')
  return join(caches, 'chatgauge/k6', `${k6Version}-${arch}`, 'k6')
}

export async function fromCache(around: K6Surroundings): Promise<WayOutcome> {
  const path = cachePlace(around)
  if (!existsSync(path)) return { why: `nothing is cached at ${path}` }
  const asked = await askVersion(path)
  return 'problem' in asked ? { why: asked.problem } : { path, version: asked.version, how: 'cache' }
}

/**
 * Runs `bring` while no other process installs; it writes the binary to the path it is given and answers how it came by
 * it. Only a binary that says the right version is renamed into the cache: whoever finds one there can use it.
 */
export async function intoCache(
  around: K6Surroundings,
  bring: (temporary: string) => Promise<{ how: string } | { why: string }>,
): Promise<WayOutcome> {
  const path = cachePlace(around)
  mkdirSync(dirname(path), { recursive: true })
  const tellWait = () => around.say('another chatgauge installs k6, waiting for it')
  return withLock(`${path}.lock`, () => install(), tellWait)

  async function install(): Promise<WayOutcome> {
    const already = await fromCache(around)
    if ('path' in already) return already
    const temporary = `${path}.${process.pid}.tmp`
    try {
      const brought = await bring(temporary)
      if ('why' in brought) return brought
      const asked = await askVersion(temporary)
      if ('problem' in asked) return { why: asked.problem }
      if (asked.version !== k6Version) return { why: `it is k6 ${asked.version}, ${k6Version} was expected` }
      renameSync(temporary, path)
      return { path, version: asked.version, how: brought.how }
    } finally {
      rmSync(temporary, { force: true })
    }
  }
}
