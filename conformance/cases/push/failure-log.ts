import { cases } from '../../case.ts'
import type { LogLine, Server } from '../../story/server.ts'

const gmsLine =
  /^DC Chat Server Persistent Listener: Event (\d+) was not \((.+)\) pushed for delivery to customhttp for device (.*)$/
const chatServerLine = /^Trc 59758 push-flex: could not send notification - no gms node found in group=(.*)$/

/** Lines of lost pushes since the story began, with their variable parts. */
async function lostPushes(server: Server, pattern: RegExp): Promise<(LogLine & { parts: string[] })[]> {
  return (await server.log()).flatMap(each => {
    const found = pattern.exec(each.line)
    return found ? [{ ...each, parts: found.slice(1) }] : []
  })
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
      const [line, ...more] = await lostPushes(server, gmsLine)
      must.equal(more.length, 0)
      must.equal([line?.parts[0], line?.parts[2]], ['2', customer.deviceId])
      must.edge.equal(line?.parts[1], 'status 503')
      must.equal([line?.fields?.id, line?.fields?.logger], ['Dbg 09900', 'com.genesyslab.PCT.invoker.default'])
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
      must.equal(
        (await lostPushes(server, chatServerLine)).map(({ parts }) => parts[0]),
        ['north'],
      )
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
      const lines = await lostPushes(server, gmsLine)
      must.equal(
        lines.map(({ parts }) => [parts[0], parts[2]]),
        [['2', customer.deviceId]],
      )
      must.edge.match(lines[0]?.parts[1], /timeout/i, 'PUSH-082')
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
      const { status, device, durationMs } = (await lostPushes(server, gmsLine))[0]?.fields ?? {}
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
      must.equal(
        (await lostPushes(server, gmsLine)).map(({ parts }) => parts[0]),
        refused,
      )
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
      must.equal((await sink.pushes()).length, 3)
      must.edge.equal(
        (await lostPushes(server, gmsLine)).map(({ parts }) => parts[0]),
        ['2', '2'],
      )
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
      must.equal(
        (await lostPushes(server, gmsLine)).map(({ parts }) => parts[0]),
        ['2'],
      )
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
      must.equal((await lostPushes(server, chatServerLine)).length, 3)
      must.equal((await lostPushes(server, gmsLine)).length, 0)
    },
  },
])
