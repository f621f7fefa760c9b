// The GMS side that a customer's application talks to: Chat API Version 2 over POST forms.
import { createServer, type Server } from 'node:http'
import { type Answer, createAnswers } from './answers.ts'
import type { Desk } from './desk.ts'
import { BadBody, BadUserData, readForm, userDataOf } from './form.ts'
import { type Form, NotExecutable, OPERATIONS, type Operation } from './operations.ts'
import type { Settings } from './settings.ts'

const PATH = /^\/genesys\/2\/chat\/([^/]+)(?:\/([^/]+)\/([^/]+))?\/?$/
type Reply = { status: number; answer: Answer; headers?: Record<string, string> }
type Call = { chatId: string; operation: Operation }

const nicknameOf = (form: Form): string => {
  const full = [form.get('firstName'), form.get('lastName')].filter(part => part).join(' ')
  return form.get('nickname') || full || 'Anonymous'
}

const allowed = (header: string | undefined, { basicAuth }: Settings): boolean => {
  const [, encoded] = /^basic\s+(\S+)$/i.exec(header ?? '') ?? []
  return basicAuth === undefined || Buffer.from(encoded ?? '', 'base64').toString('utf8') === basicAuth
}

const isBad = (error: unknown): boolean => error instanceof NotExecutable || error instanceof BadUserData

/** The path without the query, or undefined for what is none. */
const partsOf = (url: string): readonly (string | undefined)[] | undefined => {
  try {
    return PATH.exec(url.split('?')[0] ?? '')?.map(part => (part === undefined ? part : decodeURIComponent(part)))
  } catch {
    return undefined
  }
}

export function createRest(desk: Desk, settings: Settings): Server {
  const answers = createAnswers(desk)

  const request = (form: Form): Answer => {
    try {
      const chat = desk.open(nicknameOf(form), userDataOf(form))
      return answers.live(chat, chat.transcript.slice(0, 1))
    } catch (error) {
      if (isBad(error)) return answers.refused()
      throw error
    }
  }
  const operate = ({ chatId, operation }: Call, form: Form): Answer => {
    const tokens = { userId: form.get('userId'), secureKey: form.get('secureKey'), alias: form.get('alias') }
    const chat = desk.admit({ chatId, ...tokens }, operation.needsUserId)
    if (chat === undefined) return answers.refused(chatId)
    try {
      const events = operation.run(desk, chat, form)
      return chat.ended ? answers.ended(chat) : answers.live(chat, events)
    } catch (error) {
      if (isBad(error)) return answers.notExecuted(chat)
      throw error
    }
  }
  /** A reply that needs no body, or what to do with it. */
  const route = (method: string, url: string, authorization: string | undefined): Reply | Call | 'request' => {
    const [, service, chatId, name] = partsOf(url) ?? []
    const operation = name === undefined ? undefined : OPERATIONS.get(name)
    const exists = service !== undefined && (settings.services.size === 0 || settings.services.has(service))
    if (!exists || (name !== undefined && operation === undefined)) {
      return { status: 404, answer: { message: exists ? 'no such operation' : 'no such service' } }
    }
    if (method !== 'POST') return { status: 405, answer: { message: 'only POST' }, headers: { allow: 'POST' } }
    if (operation !== undefined && chatId !== undefined) return { chatId, operation }
    if (allowed(authorization, settings)) return 'request'
    const headers = { 'www-authenticate': `Basic realm="${service}"` }
    return { status: 401, answer: { message: 'credentials needed' }, headers }
  }

  return createServer({ keepAliveTimeout: 65_000 }, (incoming, response) => {
    const reply = ({ status, answer, headers }: Reply): void => {
      const body = JSON.stringify(answer)
      response.writeHead(status, {
        'content-type': 'application/json;charset=UTF-8',
        'content-length': Buffer.byteLength(body),
        ...headers,
      })
      response.end(body)
    }
    const call = route(incoming.method ?? '', incoming.url ?? '', incoming.headers.authorization)
    if (call !== 'request' && 'status' in call) {
      incoming.resume()
      return reply(call)
    }
    readForm(incoming)
      .then(form => reply({ status: 200, answer: call === 'request' ? request(form) : operate(call, form) }))
      .catch((error: unknown) => {
        if (response.headersSent || response.destroyed) return
        // The rest of the body may still be on the wire: this connection is of no further use.
        const headers = { connection: 'close' }
        reply({ status: error instanceof BadBody ? error.status : 500, answer: { message: String(error) }, headers })
      })
  })
}
