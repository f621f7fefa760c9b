import { validateMessage } from '../../protocol/checks/validate-message.ts'
import type { MessageKind } from '../../schemas/generated/kinds.ts'
import { epochMs } from '../epoch.ts'
import { type Answer, describeAnswer, readAnswer } from './answer.ts'
import { BrokenRule, StoryError } from './broken-rule.ts'
import { type ChatWish, chatForm, type Fields, formBody } from './chat-form.ts'
import { createFiles, type FileOperation, type Files } from './files.ts'
import { createPassingChecks, type PassingChecks } from './passing-checks.ts'
import type { Scene } from './scene.ts'

export interface Tokens {
  chatId: string
  userId: string
  secureKey: string
  alias: string
}

/** A request that is written by hand, right or wrong. */
export interface RawRequest {
  method?: string
  /** From the root of the host; default: the path of request chat. */
  path?: string
  headers?: Readonly<Record<string, string>>
  body?: string | Buffer
  /** What a failure prints in place of a long body. */
  shownBody?: string
}

/** Operations of a running chat, by their path segment. */
export const operations = {
  send: 'send-form',
  refresh: 'refresh-form',
  startTyping: 'typing-form',
  stopTyping: 'typing-form',
  pushUrl: 'push-url-form',
  updateNickname: 'update-nickname-form',
  customNotice: 'custom-notice-form',
  updateData: 'update-data-form',
  readReceipt: 'read-receipt-form',
  disconnect: 'disconnect-form',
} as const satisfies Record<string, MessageKind>
export type Operation = keyof typeof operations

/** Someone with a browser: knows the REST form of the API, keeps the newest tokens, sends what is well-formed. */
export interface Customer {
  /** Of the last answer that carried them. */
  readonly tokens: Tokens
  readonly chatId: string
  /** Of the push subscription. */
  readonly deviceId: string
  requestChat(wish?: ChatWish): Promise<Answer>
  send(text: string, more?: { messageType?: string; transcriptPosition?: number }): Promise<Answer>
  /** Without a position: everything. */
  refresh(transcriptPosition?: number): Promise<Answer>
  startTyping(text?: string): Promise<Answer>
  stopTyping(text?: string): Promise<Answer>
  pushUrl(url: string): Promise<Answer>
  updateNickname(nickname: string): Promise<Answer>
  customNotice(text?: string): Promise<Answer>
  updateData(userData: Readonly<Record<string, string>>): Promise<Answer>
  readReceipt(transcriptPosition: number): Promise<Answer>
  disconnect(): Promise<Answer>
  /** An operation with the tokens and these fields on top; `undefined` takes one away. Nothing is checked before it is sent. */
  post(operation: Operation, fields?: Fields): Promise<Answer>
  /** Request chat with exactly these fields. */
  postChat(fields: Fields): Promise<Answer>
  /** The file calls of the REST form. */
  files: Files
  /** The file endpoint of CometD chats, with the key of a CometD session: `push.message.secureKey` is one. */
  filesOf(cometdKey: string): Files
  /** Anything over HTTP. */
  http(request: RawRequest): Promise<Answer>
  /** Path of an operation of this chat, or of request chat. */
  path(operation?: string): string
  /** The next requests go to this GMS node, from 0. */
  through(node: number): void
  /** The next requests go to another service. */
  use(service: string): void
}

/** What other actors need to know of a customer. */
export interface CustomerInside extends Customer {
  checks: PassingChecks
}

const formType = 'application/x-www-form-urlencoded'

/** After `/file` of the session (table 3.1). */
const filePaths: Record<FileOperation, (fileId: string | undefined) => string> = {
  fileGetLimits: () => '/limits',
  fileUpload: () => '',
  fileDownload: fileId => `/${encodeURIComponent(fileId ?? '')}/download`,
  fileDelete: fileId => `/${encodeURIComponent(fileId ?? '')}/delete`,
}

export function createCustomer(scene: Scene, name: string): CustomerInside {
  const { stack, conversation } = scene
  const device = scene.nextDeviceId()
  const checks = createPassingChecks(scene, device)
  let deviceId = device.deviceId
  let tokens: Tokens | undefined
  const opened = new Map<string, Tokens>()
  let node = 0
  let service = stack.service

  const pathOf = (operation?: string) => {
    const base = `/genesys/2/chat/${service}`
    return operation === undefined ? base : `${base}/${encodeURIComponent(held().chatId)}/${operation}`
  }

  function held(): Tokens {
    if (tokens) return tokens
    const what = 'the story cannot go on without a chat'
    scene.report(
      new BrokenRule({ rule: scene.case.rules[0], what, expected: 'request chat to be accepted', found: 'no chatId' }),
    )
    throw new StoryError(what)
  }

  async function exchange(said: string, raw: RawRequest) {
    const { method = 'POST', path = pathOf(), headers = {}, body, shownBody = body } = raw
    const all = { ...(stack.authorization === undefined ? {} : { authorization: stack.authorization }), ...headers }
    const url = (stack.urls[node] ?? missingNode()) + path
    const head = Object.entries(all).map(([key, value]) => `${key}: ${value}`)
    const request = [`${method} ${url}`, ...head, '', shownBody === undefined ? '' : String(shownBody)]
      .join('\n')
      .trimEnd()
    const sentMs = epochMs()
    const answer = await stack.http.send({ method, url, headers: all, body }).then(readAnswer, (error: Error) => {
      conversation.say({ said: `${name} ${said} → no answer`, request, answer: error.message })
      scene.report(
        new BrokenRule({
          rule: scene.case.rules[0],
          what: 'the request was not answered',
          expected: 'an HTTP answer',
          found: error.message,
        }),
      )
      throw error
    })
    const answerHead = Object.entries(answer.headers).map(([key, value]) => `${key}: ${value}`)
    conversation.say({
      said: `${name} ${said} → ${describeAnswer(answer)}`,
      request,
      answer: [`HTTP ${answer.status}`, ...answerHead, '', shownText(answer)].join('\n'),
    })
    return { answer, sentMs, answeredMs: epochMs() }
  }

  function missingNode(): never {
    throw new StoryError(`there is no GMS node ${node}, the target has ${stack.urls.length}`)
  }

  function keep({ body }: Answer): void {
    if (body.statusCode !== 0) return
    const { chatId, userId, secureKey, alias } = body
    if (chatId && userId && secureKey && alias !== undefined) {
      if (!opened.has(chatId)) scene.undo('chats', () => leave(scene, chatId, () => disconnectFrom(chatId)))
      tokens = { chatId, userId, secureKey, alias }
    } else if (tokens) tokens = { ...tokens, ...(secureKey && { secureKey }), ...(alias !== undefined && { alias }) }
    if (tokens) opened.set(tokens.chatId, tokens)
  }

  /** Whatever the story has come to: a target may also have opened chats that it was to refuse. */
  function disconnectFrom(chatId: string) {
    const { userId, secureKey, alias } = opened.get(chatId)!
    const path = `/genesys/2/chat/${service}/${encodeURIComponent(chatId)}/disconnect`
    return exchange('leaves', { path, ...formOf({ userId, secureKey, alias }) })
  }

  const formOf = (fields: Fields): RawRequest => ({ headers: { 'content-type': formType }, body: formBody(fields) })
  const withTokens = (fields: Fields): Fields => {
    const { userId, secureKey, alias } = held()
    return { userId, secureKey, alias, ...fields }
  }

  async function perform(operation: Operation, fields: Fields, said: string): Promise<Answer> {
    const all = withTokens(fields)
    assertValid(operations[operation], all)
    const { answer, sentMs, answeredMs } = await exchange(said, { path: pathOf(operation), ...formOf(all) })
    keep(answer)
    const position = fields.transcriptPosition === undefined ? -1 : Number(fields.transcriptPosition)
    checks.answer({ operation, position, sentMs, answeredMs }, answer)
    return answer
  }

  async function start(fields: Fields, said: string): Promise<Answer> {
    const { answer, sentMs, answeredMs } = await exchange(said, formOf(fields))
    keep(answer)
    checks.answer({ operation: 'requestChat', position: -1, sentMs, answeredMs }, answer)
    return answer
  }

  const restFiles = createFiles({
    path: (operation, fileId) => pathOf(`file${filePaths[operation](fileId)}`),
    fields: () => withTokens({}),
    async send(operation, said, request) {
      const { answer, sentMs, answeredMs } = await exchange(said, request)
      keep(answer)
      if (operation === 'fileDownload' && answer.status === 200) return answer
      checks.answer({ operation, position: -1, sentMs, answeredMs }, answer)
      return answer
    },
  })

  /** 8.1: the operation and the id are fields, and one key stands for all tokens. */
  function filesOf(cometdKey: string): Files {
    let secureKey = cometdKey
    return createFiles({
      path: () => '/genesys/2/chat-ntf',
      fields: (operation, fileId) => ({ operation, secureKey, fileId }),
      async send(operation, said, request) {
        const { answer } = await exchange(`${said} at the file endpoint`, request)
        if (answer.statusCode === 0) secureKey = answer.body.secureKey ?? secureKey
        if (operation !== 'fileDownload' || answer.status !== 200) checks.endpoint(operation, answer)
        return answer
      },
    })
  }

  return {
    checks,
    files: restFiles,
    filesOf,
    get tokens() {
      return held()
    },
    get chatId() {
      return held().chatId
    },
    get deviceId() {
      return deviceId
    },
    async requestChat(wish = {}) {
      deviceId = wish.deviceId ?? device.deviceId
      checks.subscribe(wish)
      const fields = chatForm(wish, deviceId)
      assertValid('request-chat-form', fields)
      return start(fields, `requests a chat${describeWish(wish)}`)
    },
    send(text, { messageType, transcriptPosition } = {}) {
      const fields = { message: text, messageType, transcriptPosition: transcriptPosition?.toString() }
      return perform('send', fields, `sends ${quoted(text)}`)
    },
    refresh: position =>
      perform(
        'refresh',
        { transcriptPosition: position?.toString() },
        position === undefined ? 'refreshes' : `refreshes from ${position}`,
      ),
    startTyping: text => perform('startTyping', { message: text }, 'starts typing'),
    stopTyping: text => perform('stopTyping', { message: text }, 'stops typing'),
    pushUrl: url => perform('pushUrl', { pushUrl: url }, `pushes the URL ${url}`),
    updateNickname: nickname => perform('updateNickname', { nickname }, `takes the nickname ${quoted(nickname)}`),
    customNotice: text => perform('customNotice', { message: text }, 'gives a custom notice'),
    updateData: data =>
      perform(
        'updateData',
        Object.fromEntries(Object.entries(data).map(([key, value]) => [`userData[${key}]`, value])),
        `updates the user data ${Object.keys(data).join(', ')}`,
      ),
    readReceipt: position =>
      perform('readReceipt', { transcriptPosition: String(position) }, `has read up to ${position}`),
    disconnect: () => perform('disconnect', {}, 'disconnects'),
    async post(operation, fields = {}) {
      const names = Object.keys(fields).join(', ')
      const said = `posts ${operation}${names === '' ? '' : ` with its own ${names}`}`
      const { answer } = await exchange(said, { path: pathOf(operation), ...formOf(withTokens(fields)) })
      keep(answer)
      checks.alone(operation, answer)
      return answer
    },
    postChat(fields) {
      return start(fields, `requests a chat with the fields ${Object.keys(fields).join(', ') || '(none)'}`)
    },
    async http(request) {
      const { method = 'POST', path = pathOf() } = request
      const { answer } = await exchange(`sends ${method} ${path}`, request)
      const [, operation] = /^\/genesys\/2\/chat\/[^/]+(?:\/[^/]+\/([^/?]+))?/.exec(path) ?? []
      if (path.startsWith('/genesys/2/chat/')) {
        keep(answer)
        checks.alone(operation ?? 'requestChat', answer)
      }
      return answer
    },
    path: pathOf,
    through(index) {
      node = index
      conversation.say({ said: `${name} turns to GMS node ${index}` })
    },
    use(other) {
      service = other
    },
  }
}

/** A chat that is left over would go on pushing and timing into the cases that follow. */
async function leave({ stack }: Scene, chatId: string, disconnect: () => Promise<unknown>): Promise<void> {
  const { control } = stack
  const isOver = () => {}
  if (control) await control.call('POST', `/sessions/${encodeURIComponent(chatId)}/stop-by-workflow`).catch(isOver)
  else await disconnect().catch(isOver)
}

/** Our own requests are held to the schemas like everybody's; `post` and `http` are there for the wrong ones. */
function assertValid(kind: MessageKind, fields: Fields): void {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  const [broken] = validateMessage(kind, given).violations
  if (broken) throw new StoryError(`the story sends a broken ${kind}: ${broken.what}; for that use post or postChat`)
}

function describeWish({ push, async: isAsync, ownActivity }: ChatWish): string {
  const parts = [isAsync && 'async', push && `push ${push}`, ownActivity && 'own activity too'].filter(Boolean)
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`
}

/** Contents of files are no conversation. */
function shownText({ headers, text, bytes }: Answer): string {
  const isText = /^(application\/json|text\/)/i.test(headers['content-type'] ?? '') && bytes.length < 100_000
  return isText ? text : `(${bytes.length} bytes)`
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)
}
