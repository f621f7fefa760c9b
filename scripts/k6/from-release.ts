import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { intoCache } from './cache.ts'
import { tarMember } from './tar-member.ts'
import { k6Version } from './version.ts'
import type { K6Surroundings, WayOutcome } from './way.ts'

const goNames: Record<string, string> = { x64: 'amd64', arm64: 'arm64' }

/** The archive of the release, checked against the release's own list of digests. */
export async function fromRelease(around: K6Surroundings): Promise<WayOutcome> {
  const arch = goNames[around.arch]
  if (around.platform !== 'linux' || arch === undefined) {
    return { why: `there is no tar archive of a release for ${around.platform} ${around.arch}` }
  }
  const archive = `k6-v${k6Version}-linux-${arch}.tar.gz`
  return intoCache(around, async temporary => {
    try {
      const digests = (await download(around, `k6-v${k6Version}-checksums.txt`)).toString('utf8')
      const expected = digestOf(digests, archive)
      if (expected === undefined) return { why: `the checksums file of the release does not name ${archive}` }
      around.say(`downloading k6 ${k6Version}`)
      const packed = await download(around, archive)
      const found = createHash('sha256').update(packed).digest('hex')
      if (found !== expected) return { why: `${archive} has the digest ${found}, the release says ${expected}` }
      const binary = tarMember(gunzipSync(packed), 'k6')
      if (binary === undefined) return { why: `${archive} has no file k6` }
      writeFileSync(temporary, binary, { mode: 0o755 })
      return { how: 'downloaded' }
    } catch (error) {
      return { why: reasonOf(error) }
    }
  })
}

/** Lines are `<sha256>  <file>`. */
function digestOf(digests: string, archive: string): string | undefined {
  const line = digests.split('\n').find(each => each.trim().split(/\s+\*?/)[1] === archive)
  return line?.trim().split(/\s+/)[0]?.toLowerCase()
}

async function download(around: K6Surroundings, file: string): Promise<Buffer> {
  // Proxies of the environment are honoured, which Node's own fetch does not do by itself.
  const { EnvHttpProxyAgent, fetch } = await import('undici')
  const dispatcher = new EnvHttpProxyAgent({
    connect: { timeout: around.connectTimeoutMs },
    headersTimeout: around.silenceTimeoutMs,
    bodyTimeout: around.silenceTimeoutMs,
  })
  const url = `${around.releaseUrl}/v${k6Version}/${file}`
  try {
    const answer = await fetch(url, { dispatcher })
    if (!answer.ok) throw new Error(`${url} answers ${answer.status}`)
    return Buffer.from(await answer.arrayBuffer())
  } catch (error) {
    throw new Error(reasonOf(error).startsWith(url) ? reasonOf(error) : `${url}: ${reasonOf(error)}`)
  } finally {
    await dispatcher.destroy()
  }
}

/** fetch says only `fetch failed`; the reason is in the cause. */
function reasonOf(error: unknown): string {
  const { cause, message } = error as Error
  return cause instanceof Error ? cause.message || String((cause as NodeJS.ErrnoException).code) : message
}
