import { cases } from '../../case.ts'
import type { LogLine, Server } from '../../story/server.ts'

const gmsLine =
  /^DC Chat Server Persistent Listener: Event (\d+) was not \((.+)\) pushed for delivery to customhttp for device (.*)$/
const chatServerLine = /^Trc 59758 push-flex: could not send notification - no gms node found in group=(.*)$/

interface LostPush {
  event: string
  reason: string
  device: string
  fields: NonNullable<LogLine['fields']>
}

/** What the GMS lines since the story began say. */
async function lostPushes(server: Server): Promise<LostPush[]> {
  return (await server.log()).flatMap(({ line, fields = {} }) => {
    const [, event = '', reason = '', device = ''] = gmsLine.exec(line) ?? []
    return event === '' ? [] : [{ event, reason, device, fields }]
  })
}

async function lostEvents(server: Server): Promise<string[]> {
  return (await lostPushes(server)).map(({ event }) => event)
}

/** Groups in the Chat Server lines since the story began. */
async function groupsWithoutNode(server: Server): Promise<string[]> {
  return (await server.log()).flatMap(({ line }) => chatServerLine.exec(line)?.[1] ?? [])
}

export const failureLog = cases('push', 'failure-log', [
  {
    id: 'PUSH-080/gms-line',
    title: 'a push that the receiver refused is logged as Dbg 09900 with event, reason and device id',
    rules: ['PUSH-080'],
    needs: ['push sink', 'agent', 'server control'],
    async run({ customer, agent, sink, server, must }) {
      await customer.requestChat({ push: 'payload' })
      sink.answers({ status: 503, times: 1 })
      await agent.joins()
      await sink.nextPush()
      const [lost, ...more] = await lostPushes(server)
      must.be(lost !== undefined && more.length === 0, `one line ${gmsLine}`, lost ? 'more than one' : 'none')
      const { event, device, reason, fields } = lost!
      must.equal({ event, device }, { event: '2', device: customer.deviceId })
      must.edge.equal({ reason }, { reason: 'status 503' })
      must.equal(
        { id: fields.id, logger: fields.logger },
        { id: 'Dbg 09900', logger: 'com.genesyslab.PCT.invoker.default' },
      )
    },
  },
  {
    id: 'PUSH-080/chat-server-line',
    title: 'a push without a node is logged as Trc 59758 with the group of the session',
    rules: ['PUSH-080'],
    needs: ['push sink', 'agent', 'server control', 'fault injection'],
    async run({ customer, agent, sink, server, must }) {
      await customer.requestChat({ push: 'payload', userData: { GCTI_GMS_NodeGroup: 'north' } })
      const owner = await server.serverOf(customer)
      for (const node of [0, 1]) await server.cutLink(node, owner)
      await agent.joins()
      await sink.none()
      must.equal({ groups: await groupsWithoutNode(server) }, { groups: ['north'] })
    },
  },
  {
    id: 'PUSH-080/timeout',
    title: 'a push that was never answered is logged as lost, with its event and device id',
    rules: ['PUSH-080', 'PUSH-082'],
    needs: ['push sink', 'agent', 'time control', 'server control'],
    async run({ customer, agent, sink, clock, server, must }) {
      await customer.requestChat({ push: 'payload' })
      sink.answers({ hold: true, times: 1 })
      await agent.joins()
      await sink.nextPush()
      await clock.jump('5s')
      const lost = await lostPushes(server)
      must.equal(
        lost.map(({ event, device }) => ({ event, device })),
        [{ event: '2', device: customer.deviceId }],
      )
      must.edge.match(lost[0]?.reason, /timeout/i, 'PUSH-082')
    },
  },
  {
    id: 'PUSH-081/status-and-duration',
    title: 'the line of a refused push has the status, the device id and how long the answer took',
    rules: ['PUSH-081'],
    needs: ['push sink', 'agent', 'time control', 'server control'],
    async run({ customer, agent, sink, clock, server, must }) {
      await customer.requestChat({ push: 'payload' })
      sink.answers({ status: 502, hold: true, times: 1 })
      await agent.joins()
      await sink.nextPush()
      await clock.jump('2s')
      sink.release()
      const { status, device, durationMs } = (await lostPushes(server))[0]?.fields ?? {}
      must.equal({ status, device, durationMs }, { status: 502, device: customer.deviceId, durationMs: 2000 })
    },
  },
  {
    id: 'PUSH-082/each-refused',
    title: 'three refused pushes give three lines with the indexes of their events, delivered ones none',
    rules: ['PUSH-082'],
    needs: ['push sink', 'agent', 'server control'],
    async run({ customer, agent, sink, server, must }) {
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await sink.nextPush()
      sink.answers({ status: 500, times: 3 })
      for (const text of ['one', 'two', 'three']) await agent.says(text)
      await agent.says('four')
      const pushes = await sink.pushes()
      const refused = pushes.slice(0, 3).map(push => String(push.event?.index))
      must.equal({ linesOfEvents: await lostEvents(server) }, { linesOfEvents: refused })
    },
  },
  {
    id: 'PUSH-082/repetitions',
    title: 'each refused repetition of a reliable push gives a line of its own',
    rules: ['PUSH-082'],
    needs: ['push sink', 'agent', 'time control', 'server control'],
    async run({ customer, agent, sink, clock, server, must }) {
      await customer.requestChat({ push: 'reliable' })
      sink.answers({ status: 500, times: 2 })
      await agent.joins()
      await clock.advance('30s')
      must.be((await sink.pushes()).length === 3, 'three pushes in 30 s', 'another number')
      must.edge.equal({ linesOfEvents: await lostEvents(server) }, { linesOfEvents: ['2', '2'] })
    },
  },
  {
    id: 'PUSH-082/no-answer',
    title: 'a push whose connection was closed without an answer gives a line with a reason',
    rules: ['PUSH-082'],
    needs: ['push sink', 'agent', 'server control'],
    async run({ customer, agent, sink, server, must }) {
      await customer.requestChat({ push: 'payload' })
      sink.answers({ reset: true, times: 1 })
      await agent.joins()
      await sink.nextPush()
      must.equal({ linesOfEvents: await lostEvents(server) }, { linesOfEvents: ['2'] })
    },
  },
  {
    id: 'PUSH-082/each-without-node',
    title: 'three pushes without a node give three lines of the Chat Server and none of GMS',
    rules: ['PUSH-082'],
    needs: ['push sink', 'agent', 'server control', 'fault injection'],
    async run({ customer, agent, sink, server, must }) {
      await customer.requestChat({ push: 'payload' })
      const owner = await server.serverOf(customer)
      for (const node of [0, 1]) await server.cutLink(node, owner)
      await agent.joins()
      await agent.says('one')
      await agent.says('two')
      await sink.none()
      const lines = (await groupsWithoutNode(server)).length
      must.be(lines === 3, '3 lines of the Chat Server for 3 pushes without a node', lines)
      must.equal(await lostPushes(server), [])
    },
  },
])
