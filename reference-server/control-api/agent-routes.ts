import type { FastifyInstance } from 'fastify'
import type { AgentDesk } from '../messages.ts'
import type { ControlledServer } from './controlled-server.ts'
import { Refused } from './refused.ts'

const text = { type: 'string' }
const flag = { type: 'boolean' }
const id = { type: 'integer', minimum: 1 }

interface AgentBody {
  participantId: number
  nickname: string
  partyType: 'Agent' | 'Supervisor' | 'External'
  text: string
  messageType: string
  agentOnly: boolean
  started: boolean
  url: string
  target: number
}

interface Action {
  required: (keyof AgentBody)[]
  optional?: (keyof AgentBody)[]
  /** false or undefined = the session or the participant is not there. */
  act(desk: AgentDesk, chatId: string, body: AgentBody): boolean | object | undefined
}

const actions: Record<string, Action> = {
  join: {
    required: ['nickname'],
    optional: ['partyType'],
    act(desk, chatId, body) {
      const participantId = desk.join(chatId, body.nickname, body.partyType)
      return participantId === undefined ? undefined : { participantId }
    },
  },
  say: {
    required: ['participantId', 'text'],
    optional: ['messageType', 'agentOnly'],
    act: (desk, chatId, body) => desk.say(chatId, body.participantId, body.text, given(body)),
  },
  type: {
    required: ['participantId', 'started'],
    optional: ['text'],
    act: (desk, chatId, body) => desk.type(chatId, body.participantId, body.started, body.text),
  },
  'push-url': {
    required: ['participantId', 'url'],
    act: (desk, chatId, body) => desk.pushUrl(chatId, body.participantId, body.url),
  },
  notice: {
    required: ['participantId'],
    optional: ['text', 'agentOnly'],
    act: (desk, chatId, body) => desk.notice(chatId, body.participantId, body.text, body.agentOnly),
  },
  rename: {
    required: ['participantId', 'nickname'],
    act: (desk, chatId, body) => desk.rename(chatId, body.participantId, body.nickname),
  },
  leave: { required: ['participantId'], act: (desk, chatId, body) => desk.leave(chatId, body.participantId) },
  remove: {
    required: ['participantId', 'target'],
    act: (desk, chatId, body) => desk.remove(chatId, body.participantId, body.target),
  },
  close: { required: ['participantId'], act: (desk, chatId, body) => desk.close(chatId, body.participantId) },
  'stop-by-workflow': { required: [], act: (desk, chatId) => desk.stopByWorkflow(chatId) },
}

const members = {
  participantId: id,
  nickname: text,
  partyType: { enum: ['Agent', 'Supervisor', 'External'] },
  text,
  messageType: text,
  agentOnly: flag,
  started: flag,
  url: text,
  target: id,
}

/** What an agent desktop would do, and what it would see (what tests must be able to control). */
export function addAgentRoutes(app: FastifyInstance, server: ControlledServer): void {
  const desks = server.topology.servers.map(each => each.server.desk)
  const deskOf = (chatId: string) => {
    const desk = desks.find(each => each.view(chatId))
    if (!desk) throw new Refused(404, `no session ${chatId}`)
    return desk
  }
  /** A session that no running server has may come back at the first desk that asks for it (CS-089). */
  const actAtAny = (act: Action['act'], chatId: string, body: AgentBody) => {
    for (const desk of desks) {
      const outcome = act(desk, chatId, body)
      if (outcome) return outcome
    }
    throw new Refused(404, `no session ${chatId}`)
  }

  app.get('/sessions', () =>
    server.topology.servers.map(({ server: { alias, chatIds } }) => ({ alias, chatIds: chatIds() })),
  )
  app.get<{ Params: { chatId: string } }>('/sessions/:chatId', request =>
    deskOf(request.params.chatId).view(request.params.chatId),
  )
  for (const [name, { required, optional = [], act }] of Object.entries(actions)) {
    const properties = Object.fromEntries([...required, ...optional].map(member => [member, members[member]]))
    const body = { type: ['object', ...(required.length === 0 ? ['null'] : [])], required, properties }
    app.post<{ Params: { chatId: string }; Body: AgentBody }>(
      `/sessions/:chatId/${name}`,
      { schema: { body } },
      request => {
        const { chatId } = request.params
        const known = desks.find(each => each.view(chatId))
        const outcome = known ? act(known, chatId, request.body) : actAtAny(act, chatId, request.body)
        if (!outcome) throw new Refused(409, `${name} is not possible: the session is over or has no such participant`)
        return outcome === true ? {} : outcome
      },
    )
  }
}

function given(body: AgentBody): { messageType?: string; agentOnly?: boolean } {
  return {
    ...(body.messageType === undefined ? {} : { messageType: body.messageType }),
    ...(body.agentOnly === undefined ? {} : { agentOnly: body.agentOnly }),
  }
}
