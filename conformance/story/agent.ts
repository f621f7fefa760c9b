import type { ChatEvent, PartyType } from '../../protocol/chat/event.ts'
import { ControlRefusal } from '../control.ts'
import { BrokenRule, StoryError } from './broken-rule.ts'
import type { CustomerInside } from './customer.ts'
import type { Scene } from './scene.ts'

/** Someone at an agent desktop, over the control port. The first call must be `joins`. */
export interface Agent {
  /** In the session, once joined. */
  readonly participantId: number
  /** Joins the chat of the story's customer, or of another one. */
  joins(options?: { nickname?: string; partyType?: PartyType; chatOf?: { chatId: string } }): Promise<void>
  /** @returns whether that is possible. */
  triesToJoin(options?: { nickname?: string; partyType?: PartyType }): Promise<boolean>
  says(text: string, more?: { messageType?: string; agentOnly?: boolean }): Promise<void>
  startsTyping(text?: string): Promise<void>
  stopsTyping(text?: string): Promise<void>
  pushesUrl(url: string): Promise<void>
  givesNotice(text?: string, more?: { agentOnly?: boolean }): Promise<void>
  renames(nickname: string): Promise<void>
  /** @returns the file's id. */
  uploads(file: AgentFile): Promise<string>
  deletesFile(fileId: string): Promise<void>
  /** @returns undefined when there is no such file. */
  opensFile(fileId: string): Promise<Buffer | undefined>
  /** The chat goes on for the customer. */
  leaves(): Promise<void>
  /** Removes the customer (reason 4), or another party. */
  removes(participantId?: number): Promise<void>
  /** Forced close: the agent leaves, the customer is removed, the session is over. */
  closes(): Promise<void>
  /** The workflow ends the session (reason 5); needs nobody in it. */
  workflowStops(): Promise<void>
  /** All that an agent may see: parties, user data, transcript with agent-only events, read receipts, subscription. */
  sees(): Promise<SessionView>
}

export interface AgentFile {
  name: string
  content: string | Buffer
  /** Content type. */
  type?: string
  userData?: Record<string, string>
}

/** Members as the control API gives them; see `GET /sessions/{chatId}`. */
export interface SessionView {
  userData: Record<string, string>
  /** Agent-only events included. */
  transcript: ChatEvent[]
  [member: string]: unknown
}

export function createAgent(scene: Scene, customer: CustomerInside, usual: string): Agent {
  let chat: { chatId: string } = customer
  let participantId: number | undefined
  let name = usual

  const call = async <T>(action: string, body: object, said: string): Promise<T> => {
    scene.use('agent')
    const { control } = scene.stack
    if (!control) throw new StoryError('there is no agent without a control port')
    const path = `/sessions/${encodeURIComponent(chat.chatId)}/${action}`
    const answer = await control.call<T>('POST', path, body).catch(error => {
      scene.conversation.say({ said: `agent ${name} ${said}: refused` })
      if (error instanceof ControlRefusal && error.status === 409) scene.report(outOfTheChat(action, error.reason))
      throw error
    })
    scene.conversation.say({ said: `agent ${name} ${said}` })
    return answer
  }
  const act = async <T = void>(action: string, body: object, said: string): Promise<T> => {
    if (participantId === undefined) throw new StoryError(`agent ${name} has not joined`)
    return call<T>(action, { participantId, ...body }, said)
  }

  /** A story lets its agents do only what they can do in a chat that goes on. */
  function outOfTheChat(action: string, found: string): BrokenRule {
    const what = `the agent ${name} cannot ${action}`
    return new BrokenRule({
      rule: scene.case.rules[0],
      what,
      expected: 'a chat that goes on, with the agent in it',
      found,
    })
  }

  return {
    get participantId() {
      if (participantId === undefined) throw new StoryError(`agent ${name} has not joined`)
      return participantId
    },
    async joins({ nickname = usual, partyType, chatOf = customer } = {}) {
      chat = chatOf
      name = nickname
      const body = { nickname, ...(partyType && { partyType }) }
      participantId = (await call<{ participantId: number }>('join', body, 'joins')).participantId
    },
    async triesToJoin({ nickname = usual, partyType } = {}) {
      scene.use('agent')
      if (!scene.stack.control) throw new StoryError('there is no agent without a control port')
      name = nickname
      const body = { nickname, ...(partyType && { partyType }) }
      const path = `/sessions/${encodeURIComponent(chat.chatId)}/join`
      const isNot = (error: unknown) => {
        if (!(error instanceof ControlRefusal)) throw error
        return undefined
      }
      const joined = await scene.stack.control.call<{ participantId: number }>('POST', path, body).catch(isNot)
      scene.conversation.say({ said: `agent ${name} ${joined ? 'joins' : 'cannot join'}` })
      participantId = joined?.participantId
      return joined !== undefined
    },
    says: (text, more = {}) => act('say', { text, ...more }, `says ${JSON.stringify(text.slice(0, 60))}`),
    startsTyping: text => act('type', { started: true, ...(text !== undefined && { text }) }, 'starts typing'),
    stopsTyping: text => act('type', { started: false, ...(text !== undefined && { text }) }, 'stops typing'),
    pushesUrl: url => act('push-url', { url }, `pushes the URL ${url}`),
    givesNotice: (text, more = {}) => act('notice', { ...(text !== undefined && { text }), ...more }, 'gives a notice'),
    renames: nickname => act('rename', { nickname }, `takes the nickname ${nickname}`),
    async uploads({ name: fileName, content, type, userData }) {
      const body = {
        name: fileName,
        content: Buffer.from(content).toString('base64'),
        ...(type && { type }),
        ...(userData && { userData }),
      }
      return (await act<{ fileId: string }>('upload', body, `uploads ${fileName}`)).fileId
    },
    async deletesFile(fileId) {
      await act('delete-file', { fileId }, `deletes the file ${fileId}`)
    },
    async opensFile(fileId) {
      scene.use('agent')
      if (!scene.stack.control) throw new StoryError('nobody can look without a control port')
      const path = `/sessions/${encodeURIComponent(chat.chatId)}/files/${encodeURIComponent(fileId)}`
      const file = await scene.stack.control.call<{ content: string }>('GET', path).catch(error => {
        if (error instanceof ControlRefusal && error.status === 404) return undefined
        throw error
      })
      scene.conversation.say({ said: `agent ${name} opens the file ${fileId}${file ? '' : ': there is none'}` })
      return file && Buffer.from(file.content, 'base64')
    },
    leaves: () => act('leave', {}, 'leaves'),
    removes: (target = 1) => act('remove', { target }, `removes participant ${target}`),
    closes: () => act('close', {}, 'closes the chat'),
    async workflowStops() {
      await call('stop-by-workflow', {}, 'stands by while the workflow ends the session')
    },
    async sees() {
      scene.use('agent')
      if (!scene.stack.control) throw new StoryError('nobody can look without a control port')
      const view = await scene.stack.control.call<SessionView>('GET', `/sessions/${encodeURIComponent(chat.chatId)}`)
      scene.conversation.say({ said: `agent ${name} looks at the chat: ${view.transcript.length} events` })
      return view
    },
  }
}
