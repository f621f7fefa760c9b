import type { Need } from '../rules/rule.ts'
import { jsonObject } from './answer.ts'
import { StoryError } from './broken-rule.ts'
import type { HttpAnswer } from './http.ts'
import { untilQuiet } from './quiet.ts'
import type { Scene } from './scene.ts'

export interface LogLine {
  number: number
  level: string
  line: string
  fields?: Record<string, string | number | boolean>
}

/** What an administrator does and sees. All that a story changes is put back when it is over. */
export interface Server {
  /** `set('settings', 'flex-push-timeout', '20')`; undefined = deleted. @returns when it takes effect, or a warning. */
  set(section: string, option: string, value: string | undefined): Promise<SetOutcome>
  /** Every option in force: value, origin, when it takes effect, what is pending. */
  options(): Promise<EffectiveOption[]>
  /** Nodes count from 0. */
  stopNode(node?: number): Promise<void>
  killNode(node?: number): Promise<void>
  startNode(node?: number): Promise<void>
  /** Stops and starts it: options that wait for a restart take effect. */
  restartNode(node?: number): Promise<void>
  restartAllNodes(): Promise<void>
  stopChatServer(server?: number): Promise<void>
  killChatServer(server?: number): Promise<void>
  startChatServer(server?: number): Promise<void>
  restartChatServer(server?: number): Promise<void>
  cutLink(node?: number, server?: number): Promise<void>
  restoreLink(node?: number, server?: number): Promise<void>
  /** The store of the Chat Servers takes and gives nothing. */
  /** Ends a CometD session without being asked. */
  endsSession(session: { clientId: string }): Promise<void>
  storeFails(): Promise<void>
  repairStore(): Promise<void>
  /** Which Chat Server has the chat, from 0. −1 = none. */
  serverOf(chat: { chatId: string }): Promise<number>
  /** Nothing more comes by itself. */
  settles(): Promise<void>
  /** Lines since the story began, once nothing more comes. */
  log(): Promise<LogLine[]>
  gauges(): Promise<{
    gmsNodes: Record<string, Record<string, number>>
    chatServers: Record<string, Record<string, number>>
    files: Record<string, number>
  }>
  /** The health page of a Chat Server; status 0 = it does not answer. */
  health(server?: number): Promise<HttpAnswer & { body: Record<string, unknown> }>
}

export type SetOutcome =
  | { kind: 'in-force' }
  | { kind: 'pending'; until: string[] }
  | { kind: 'warned'; warning: string }

export interface EffectiveOption {
  section: string
  option: string
  value: string
  origin: 'default' | 'file' | 'set' | 'invalid'
  takesEffect: 'immediately' | 'after restart'
  pending?: string
}

export function createServer(scene: Scene, logStart: () => number): Server {
  const { stack, conversation } = scene
  const restarted = new Set<string>()
  const control = (need: Need) => {
    scene.use(need)
    if (!stack.control) throw new StoryError('there is nothing to administer without a control port')
    return stack.control
  }

  async function nodeName(node: number): Promise<string> {
    const nodes = await control('server control').call<{ node: string }[]>('GET', '/gms-nodes')
    return nodes[node]?.node ?? missing('GMS node', node, nodes.length)
  }
  async function alias(server: number): Promise<string> {
    const servers = await control('server control').call<{ alias: string }[]>('GET', '/chat-servers')
    return servers[server]?.alias ?? missing('Chat Server', server, servers.length)
  }
  function missing(kind: string, wanted: number, there: number): never {
    throw new StoryError(`there is no ${kind} ${wanted}, the target has ${there}`)
  }

  /** After the story it runs, and was started after all options were put back. */
  function restoreActor(path: string): void {
    if (restarted.has(path)) return
    restarted.add(path)
    scene.undo('actors', async () => {
      await stack.control!.call('POST', `${path}/kill`)
      await stack.control!.call('POST', `${path}/start`)
    })
  }
  async function actOnNode(action: string, node: number, said: string): Promise<void> {
    const name = await nodeName(node)
    restoreActor(`/gms-nodes/${name}`)
    await stack.control!.call('POST', `/gms-nodes/${name}/${action}`)
    conversation.say({ said: `GMS node ${node} ${said}` })
  }
  async function actOnServer(action: string, server: number, said: string): Promise<void> {
    const name = await alias(server)
    restoreActor(`/chat-servers/${name}`)
    await stack.control!.call('POST', `/chat-servers/${name}/${action}`)
    conversation.say({ said: `Chat Server ${server} ${said}` })
  }
  async function actOnLink(action: string, node: number, server: number, said: string): Promise<void> {
    scene.use('fault injection')
    const { control: at } = stack
    if (!at) throw new StoryError('no link can be cut without a control port')
    const nodes = await at.call<{ node: string }[]>('GET', '/gms-nodes')
    const servers = await at.call<{ alias: string }[]>('GET', '/chat-servers')
    const path = `/links/${nodes[node]?.node}/${servers[server]?.alias}`
    if (action === 'cut') scene.undo('links', () => at.call('POST', `${path}/restore`))
    await at.call('POST', `${path}/${action}`)
    conversation.say({ said: `the link between GMS node ${node} and Chat Server ${server} ${said}` })
  }

  return {
    async set(section, option, value) {
      const at = control('configuration')
      const name = `[${section}] ${option}`
      if (stack.fixedOptions.includes(name)) throw new StoryError(`${name} cannot be changed on this target`)
      const path = `/options/${encodeURIComponent(section)}/${encodeURIComponent(option)}`
      const before = (await at.call<EffectiveOption[]>('GET', '/options')).find(
        each => each.section === section && each.option === option,
      )
      const put = (text: string | undefined) =>
        text === undefined ? at.call<SetOutcome>('DELETE', path) : at.call<SetOutcome>('PUT', path, { value: text })
      scene.undo('options', () => put(before && before.origin !== 'default' ? before.value : undefined))
      const outcome = await put(value)
      conversation.say({ said: `option ${name} ${value === undefined ? 'is deleted' : `= ${value}`}` })
      return outcome
    },
    options: () => control('configuration').call('GET', '/options'),
    stopNode: (node = 0) => actOnNode('stop', node, 'stops'),
    killNode: (node = 0) => actOnNode('kill', node, 'is killed'),
    startNode: (node = 0) => actOnNode('start', node, 'starts'),
    async restartNode(node = 0) {
      await actOnNode('stop', node, 'stops')
      await actOnNode('start', node, 'starts')
    },
    async restartAllNodes() {
      for (const node of stack.urls.keys()) {
        await actOnNode('stop', node, 'stops')
        await actOnNode('start', node, 'starts')
      }
    },
    stopChatServer: (server = 0) => actOnServer('stop', server, 'stops'),
    killChatServer: (server = 0) => actOnServer('kill', server, 'is killed'),
    startChatServer: (server = 0) => actOnServer('start', server, 'starts'),
    async restartChatServer(server = 0) {
      await actOnServer('stop', server, 'stops')
      await actOnServer('start', server, 'starts')
    },
    cutLink: (node = 0, server = 0) => actOnLink('cut', node, server, 'is cut'),
    restoreLink: (node = 0, server = 0) => actOnLink('restore', node, server, 'is restored'),
    async endsSession({ clientId }) {
      await control('server control').call('POST', `/comet-sessions/${encodeURIComponent(clientId)}/disconnect`)
      conversation.say({ said: 'a CometD session is ended' })
    },
    async storeFails() {
      const at = control('fault injection')
      scene.undo('links', () => at.call('POST', '/transcript-store/repair'))
      await at.call('POST', '/transcript-store/fail')
      conversation.say({ said: 'the transcript store fails' })
    },
    async repairStore() {
      await control('fault injection').call('POST', '/transcript-store/repair')
      conversation.say({ said: 'the transcript store is repaired' })
    },
    async serverOf({ chatId }) {
      const at = control('server control')
      const sessions = await at.call<{ alias: string; chatIds: string[] }[]>('GET', '/sessions')
      return sessions.findIndex(each => each.chatIds.includes(chatId))
    },
    settles: () => untilQuiet(stack),
    async log() {
      const at = control('server control')
      await untilQuiet(stack)
      return at.call<LogLine[]>('GET', `/log?after=${logStart()}`)
    },
    gauges: () => control('server control').call('GET', '/gauges'),
    async health(server = 0) {
      scene.use('server control')
      const url = stack.health.urls[server] ?? missing('health page', server, stack.health.urls.length)
      const answer = await stack.http
        .send({ method: 'GET', url, headers: {} })
        .catch(() => ({ status: 0, headers: {}, text: '' }))
      conversation.say({ said: `health page of Chat Server ${server} → ${answer.status}`, answer: answer.text })
      return { ...answer, body: jsonObject(answer.text) }
    },
  }
}
