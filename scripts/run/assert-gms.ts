import { readFileSync } from 'node:fs'
import { probe, probeBayeux } from '../../conformance/probe.ts'
import { createHttp } from '../../conformance/story/http.ts'
import type { RunOptions } from '../../scenarios/options.ts'
import { basicAuthorization } from '../conform/basic-authorization.ts'
import { mustBeUsable } from '../conform/usable-target.ts'

/** A node may have much to do for its first chat. */
const patienceMs = 20_000

/**
 * One chat is begun and left, or one handshake made, before a target that is not ours gets load: what is no GMS, has another
 * service or refuses us is named at once, not after minutes of failures.
 * @throws UserError
 */
export async function assertGms({ target = [], service, transport, insecure, ca }: RunOptions): Promise<void> {
  const http = createHttp({
    insecure,
    timeoutMs: patienceMs,
    ...(ca !== undefined && { ca: readFileSync(ca, 'utf8') }),
  })
  try {
    for (const each of target) {
      const { url, authorization } = withoutCredentials(each)
      const credentials = 'give them in the URL, as http://name:password@host'
      if (transport === 'rest')
        await mustBeUsable(
          probe({ urls: [url], service, authorization, http, sink: undefined, patienceMs, credentials }),
        )
      else await mustBeUsable(probeBayeux({ urls: [url], http }))
    }
  } finally {
    await http.close()
  }
}

function withoutCredentials(target: string): { url: string; authorization: string | undefined } {
  const url = new URL(target)
  const { username, password } = url
  url.username = ''
  url.password = ''
  const [user, secret] = [username, password].map(decodeURIComponent) as [string, string]
  return {
    url: url.href.replace(/\/$/, ''),
    authorization: user === '' ? undefined : basicAuthorization(user, secret),
  }
}
