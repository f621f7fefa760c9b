// The GMS side a customer's application talks to: Chat API Version 2 over POST forms.
import { createServer, type Server } from 'node:http'
import { type Chat, type ChatEvent, type Desk, nextPosition } from './desk.ts'
import { BadBody, readForm, userDataOf } from './form.ts'

type Form = ReadonlyMap<string, string>
type Answer = Record<string, unknown>
const OPERATIONS = new Set(['send', 'refresh', 'startTyping', 'stopTyping', 'disconnect'])
const PATH = /^\/genesys\/2\/chat\/([^/]+)(?:\/([^/]+)\/([^/]+))?\/?$/

/** undefined: not given; NaN: given but no position. */
const positionOf = (form: Form): number | undefined => {
  const text = form.get('transcriptPosition')
  if (text === undefined || text === '') return undefined
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
}

const nicknameOf = (form: Form): string => {
  const full = [form.get('firstName'), form.get('lastName')].filter(part => part).join(' ')
  return form.get('nickname') || full || 'Anonymous'
}

export function createRest(desk: Desk): Server {
  let references = 0
  const errors = () => {
    references += 1
    return [{ code: 249, advice: `Media server was not able to execute request. referenceId[${references}]` }]
  }
  const live = (chat: Chat, messages: ChatEvent[], statusCode = 0): Answer => ({
    messages,
    chatEnded: false,
    statusCode,
    alias: desk.alias,
    secureKey: chat.secureKey,
    userId: chat.userId,
    chatId: chat.chatId,
    nextPosition: nextPosition(chat),
  })
  const refused = (chatId: string): Answer => ({
    messages: [],
    chatEnded: true,
    statusCode: 2,
    alias: desk.alias,
    chatId,
    errors: errors(),
  })
  /** The chat goes on, but this request was not executed. */
  const notExecuted = (chat: Chat): Answer => ({ ...live(chat, [], 1), errors: errors() })

  const say = (chat: Chat, type: string, form: Form, position: number | undefined): Answer => {
    desk.say(chat, chat.customer, type, { text: form.get('message'), messageType: form.get('messageType') })
    return live(chat, position ? chat.transcript.slice(position - 1) : [])
  }

  const operate = (chatId: string, operation: string, form: Form): Answer => {
    const chat = desk.find(chatId, form.get('userId'), form.get('secureKey'), form.get('alias'))
    if (chat === undefined) return refused(chatId)
    if (operation === 'disconnect') {
      desk.end(chat)
      return {
        messages: [],
        chatEnded: true,
        statusCode: 0,
        alias: desk.alias,
        chatId,
        nextPosition: nextPosition(chat),
      }
    }
    const position = positionOf(form)
    if (Number.isNaN(position)) return notExecuted(chat)
    if (operation === 'refresh') return live(chat, desk.refresh(chat, position))
    if (operation === 'startTyping') return say(chat, 'TypingStarted', form, position)
    if (operation === 'stopTyping') return say(chat, 'TypingStopped', form, position)
    return form.get('message') ? say(chat, 'Message', form, position) : notExecuted(chat)
  }

  return createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    const reply = (status: number, answer: Answer): void => {
      const body = JSON.stringify(answer)
      response.writeHead(status, {
        'content-type': 'application/json;charset=UTF-8',
        'content-length': Buffer.byteLength(body),
      })
      response.end(body)
    }
    const [, service, chatId, operation] = PATH.exec((request.url ?? '').split('?')[0] ?? '') ?? []
    const known = service !== undefined && (operation === undefined || OPERATIONS.has(operation))
    if (!known || request.method !== 'POST') {
      request.resume()
      return reply(known ? 405 : 404, { message: known ? 'only POST' : 'no such resource' })
    }
    readForm(request, operation === undefined)
      .then(form => {
        if (chatId !== undefined && operation !== undefined) return reply(200, operate(chatId, operation, form))
        const chat = desk.open(nicknameOf(form), userDataOf(form))
        reply(200, live(chat, chat.transcript.slice(0, 1)))
      })
      .catch((error: unknown) => {
        if (response.headersSent || response.destroyed) return
        // The rest of the body may still be on the wire: this connection is of no further use.
        response.setHeader('connection', 'close')
        reply(error instanceof BadBody ? error.status : 500, { message: String(error) })
      })
  })
}
