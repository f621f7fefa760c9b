import { parseMessages } from '../protocol/bayeux/message.ts'
import type { Stack } from './stack.ts'
import { type Answer, readAnswer } from './story/answer.ts'
import { cometdPath } from './story/bayeux/cometd-path.ts'
import { chatForm, formBody } from './story/chat-form.ts'

/** The target cannot be tested at all: one sentence for the user. */
export class UnusableTarget extends Error {}

export interface Probed extends Pick<Stack, 'urls' | 'service' | 'authorization' | 'http' | 'sink' | 'patienceMs'> {
  /** Where a user gives them. */
  credentials?: string
}

const base = (service: string) => `/genesys/2/chat/${encodeURIComponent(service)}`

/**
 * Of a target without chats: one handshake before any case runs.
 * @throws UnusableTarget
 */
export async function probeBayeux({ urls, http }: Pick<Probed, 'urls' | 'http'>): Promise<void> {
  const handshake = { channel: '/meta/handshake', id: '1', version: '1.0', supportedConnectionTypes: ['long-polling'] }
  for (const url of urls) {
    const headers = { 'content-type': 'application/json' }
    const request = { method: 'POST', url: url + cometdPath, headers, body: JSON.stringify([handshake]) } as const
    const { status, text } = await http.send(request).catch((error: Error) => {
      throw new UnusableTarget(`${url} ${refusal(error)}`)
    })
    const [reply] = parseMessages(text) ?? []
    if (status === 200 && reply?.successful === true) continue
    throw new UnusableTarget(
      `${url}${cometdPath} answers no handshake: HTTP ${status}, ${JSON.stringify(text.slice(0, 80))}`,
    )
  }
}

/**
 * One chat before any case runs: is there a chat API, with this service, and do pushes arrive?
 * @throws UnusableTarget
 */
export async function probe(stack: Probed): Promise<void> {
  for (const url of stack.urls) {
    const deviceId = `cg-probe-0-${Math.floor(Math.random() * 1e9)}`
    const { sink, service } = stack
    const fields = chatForm(
      { nickname: 'chatgauge probe', ...(sink && { push: 'payload', ownActivity: true }) },
      deviceId,
    )
    const answer = await ask(stack, url, base(service), formBody(fields))
    assertUsable(stack, url, answer)
    const { chatId = '', userId, secureKey, alias } = answer.body
    const tokens = { userId, secureKey, alias }
    const operate = (operation: string, more: Record<string, string>) =>
      ask(stack, url, `${base(service)}/${encodeURIComponent(chatId)}/${operation}`, formBody({ ...tokens, ...more }))
    if (sink) {
      await operate('send', { message: 'chatgauge looks whether pushes arrive' })
      if (sink.postsOf(deviceId).length === 0) await sink.waitFor(deviceId, stack.patienceMs)
      const { length } = sink.postsOf(deviceId)
      sink.forget(deviceId)
      if (length === 0) {
        await operate('disconnect', {}).catch(() => {})
        throw new UnusableTarget(
          `no push of ${url} arrived at ${sink.url} within ${stack.patienceMs / 1000} s: does the target post there (customhttp.url), and can it reach this host?`,
        )
      }
    }
    await operate('disconnect', {})
  }
}

async function ask({ http, authorization }: Probed, url: string, path: string, body: string): Promise<Answer> {
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    ...(authorization === undefined ? {} : { authorization }),
  }
  return http.send({ method: 'POST', url: url + path, headers, body }).then(readAnswer, (error: Error) => {
    throw new UnusableTarget(`${url} ${refusal(error)}`)
  })
}

function refusal(error: Error & { code?: string }): string {
  const isEndless = 'takes the connection and never completes an answer'
  if (error.name === 'TimeoutError') return isEndless
  if (error.name === 'HTTPParserError') return 'does not speak HTTP: is it https://, or another kind of server?'
  const code = error.code ?? (error.cause as { code?: string } | undefined)?.code ?? ''
  switch (code) {
    case 'ECONNREFUSED':
      return 'cannot be reached: connection refused (nothing listens there)'
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'cannot be reached: the host name is not known'
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return 'cannot be reached: no connection'
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
      return isEndless
    case 'UND_ERR_SOCKET':
    case 'ECONNRESET':
    case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
      return 'closes the connection before its answer is complete'
    case 'UND_ERR_RES_EXCEEDED_MAX_SIZE':
      return isEndless
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'CERT_HAS_EXPIRED':
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `has a certificate that is not trusted (${code}): give its CA with --ca FILE, or --insecure`
    default:
      if (/^ERR_SSL|EPROTO/.test(code)) return 'does not speak TLS: http:// instead of https://?'
      return `cannot be used: ${error.message}`
  }
}

function assertUsable(
  { service, authorization, credentials = 'see credentials in its target.json' }: Probed,
  url: string,
  { status, text, headers, body, code }: Answer,
): void {
  const said = `HTTP ${status}${code === undefined ? '' : `, code ${code}`}`
  if (status === 401 || status === 403) {
    const why = authorization === undefined ? 'asks for credentials' : 'refuses the credentials'
    throw new UnusableTarget(`${url} ${why} for service ${service} (${said}): ${credentials}`)
  }
  if (status >= 300 && status < 400)
    throw new UnusableTarget(
      `${url} sends request chat elsewhere (HTTP ${status}, location ${headers.location ?? 'none'}): give the URL of a GMS node itself`,
    )
  const isHtml = /^\s*<(!doctype|html)/i.test(text) || headers['content-type']?.includes('text/html')
  if (isHtml) throw new UnusableTarget(`${url} answers with an HTML page (${said}): is this the URL of a GMS node?`)
  if (status === 404)
    throw new UnusableTarget(`${url} has no chat service ${service} (${said}): name another with --service`)
  if (status !== 200) throw new UnusableTarget(`${url} does not take request chat for service ${service} (${said})`)
  if (body.statusCode === undefined)
    throw new UnusableTarget(
      `${url} answers, but not as a chat API does: there is no statusCode in ${JSON.stringify(text.slice(0, 80))}`,
    )
  if (body.statusCode !== 0)
    throw new UnusableTarget(
      `${url} starts no chat on service ${service}: statusCode ${body.statusCode}${code === undefined ? '' : `, code ${code}`}`,
    )
}
