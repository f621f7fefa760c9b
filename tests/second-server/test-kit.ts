// What the tests of the second server need: a customer's requests, a tiny push receiver, waiting for conditions.
import { once } from 'node:events'
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Message = {
  from: { nickname: string; participantId: number; type: string }
  index: number
  text?: string
  type: string
  utcTime: number
  userData?: Record<string, string>
}
export type Answer = {
  statusCode: number
  chatEnded: boolean
  messages: Message[]
  alias: string
  chatId: string
  userId?: string
  secureKey?: string
  nextPosition?: number
  monitored?: boolean
  errors?: { code: number; advice: string }[]
}
export type Pushed = { deviceId: string; message?: Answer }

const agent = new Agent({ keepAlive: true, maxSockets: 64 })

export const post = (url: string, body: string | Buffer, contentType = 'application/x-www-form-urlencoded') =>
  new Promise<{ status: number; answer: Answer }>((resolve, reject) => {
    const posting = request(url, { method: 'POST', agent, headers: { 'content-type': contentType } }, reply => {
      let text = ''
      reply.setEncoding('utf8')
      reply.on('data', part => {
        text += part
      })
      reply.once('end', () => resolve({ status: reply.statusCode ?? 0, answer: JSON.parse(text) }))
    })
    posting.once('error', reject)
    posting.end(body)
  })

/** One customer's chat: every call sends the tokens of the request-chat answer. */
export async function openChat(url: string, fields: Record<string, string> = {}) {
  const service = `${url}/genesys/2/chat/customer-support`
  const form = new URLSearchParams({ nickname: 'Joan', subject: 'Savings', ...fields })
  const { answer: opened } = await post(service, form.toString())
  const { userId = '', secureKey = '', alias, chatId } = opened
  const call = async (operation: string, more: Record<string, string> = {}): Promise<Answer> => {
    const body = new URLSearchParams({ userId, secureKey, alias, ...more }).toString()
    const { status, answer } = await post(`${service}/${chatId}/${operation}`, body)
    if (status !== 200) throw new Error(`HTTP ${status}`)
    return answer
  }
  return { opened, call }
}

export const subscription = (deviceId: string, ...flags: string[]): Record<string, string> => ({
  'userData[GCTI_Chat_PushSubscribe]': 'true',
  'userData[GCTI_GMS_PushDeviceId]': deviceId,
  'userData[GCTI_GMS_PushDeviceType]': 'customhttp',
  ...Object.fromEntries(flags.map(flag => [`userData[GCTI_GMS_${flag}]`, 'true'])),
})

export async function openSink() {
  const pushes: Pushed[] = []
  const held: (() => void)[] = []
  let inFlight = 0
  const sink = { url: '', pushes, mostInFlight: 0, holding: false, release, of, close }
  const server = createServer(async (incoming, reply) => {
    inFlight += 1
    sink.mostInFlight = Math.max(sink.mostInFlight, inFlight)
    let text = ''
    for await (const part of incoming) text += part
    pushes.push(JSON.parse(text))
    if (sink.holding) await new Promise<void>(resolve => held.push(resolve))
    inFlight -= 1
    reply.end()
  })
  function release(): void {
    sink.holding = false
    for (const go of held.splice(0)) go()
  }
  function of(deviceId: string): Message[] {
    return pushes.filter(push => push.deviceId === deviceId).flatMap(push => push.message?.messages ?? [])
  }
  async function close(): Promise<void> {
    release()
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  sink.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/push`
  return sink
}

/** Waits until the condition holds; the deadline is only for a test that fails. */
export async function until(condition: () => boolean, what: string, deadlineMs = 8_000): Promise<void> {
  const end = Date.now() + deadlineMs
  while (!condition()) {
    if (Date.now() > end) throw new Error(`never happened: ${what}`)
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}
