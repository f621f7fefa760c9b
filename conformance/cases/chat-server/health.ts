import { cases } from '../../case.ts'

/** Of the reference server, beside the two documented members. */
const gauges = [
  'sessions',
  'flexUsers',
  'pushSubscriptions',
  'gmsNodes',
  'sessionsCreated',
  'sessionsRestored',
  'eventsStored',
  'pushesSent',
  'pushesResent',
  'pushesLost',
]

export const health = cases('chat-server', 'health', [
  {
    id: 'CS-110/members',
    title: 'the health page of a Chat Server has app_dbid and process_os_pid',
    rules: ['CS-110'],
    needs: ['server control'],
    async run({ server, must }) {
      const page = await server.health()
      must.equal(page.status, 200)
      must.match(String(page.body.app_dbid), /^\d+$/)
      must.match(String(page.body.process_os_pid), /^\d+$/)
    },
  },
  {
    id: 'CS-111/alias',
    title: 'app_dbid of the Chat Server that has a chat is the alias in the answers',
    rules: ['CS-111'],
    needs: ['server control'],
    async run({ customer, anotherCustomer, server, must }) {
      for (const each of [customer, anotherCustomer()]) {
        await each.requestChat()
        const page = await server.health(await server.serverOf(each))
        must.equal(String(page.body.app_dbid), each.tokens.alias)
      }
    },
  },
  {
    id: 'CS-112/restart',
    title: 'a restarted Chat Server has the app_dbid of before and another process_os_pid',
    rules: ['CS-112', 'CS-111'],
    needs: ['server control'],
    async run({ server, must }) {
      const before = (await server.health()).body
      await server.restartChatServer()
      const after = (await server.health()).body
      must.notEqual(after.process_os_pid, before.process_os_pid)
      must.equal(after.app_dbid, before.app_dbid, 'CS-111')
    },
  },
  {
    id: 'CS-112/crash',
    title: 'a Chat Server that crashed and came back has another process_os_pid',
    rules: ['CS-112'],
    needs: ['server control'],
    async run({ server, must }) {
      const before = (await server.health()).body
      await server.killChatServer()
      await server.startChatServer()
      must.notEqual((await server.health()).body.process_os_pid, before.process_os_pid)
    },
  },
  {
    id: 'CS-113/down',
    title: 'the health port does not answer after a stop and after a crash, and answers again after the start',
    rules: ['CS-113'],
    needs: ['server control'],
    async run({ server, must }) {
      await server.stopChatServer()
      must.equal((await server.health()).status, 0)
      await server.startChatServer()
      must.equal((await server.health()).status, 200)
      await server.killChatServer()
      must.equal((await server.health()).status, 0)
    },
  },
  {
    id: 'CS-114/numbers',
    title: 'GET /health is answered with a JSON object whose ids and gauges are numbers',
    rules: ['CS-114'],
    needs: ['server control'],
    async run({ server, must }) {
      const page = await server.health()
      must.match(page.headers['content-type'], /^application\/json/)
      const notNumbers = ['app_dbid', 'process_os_pid', ...gauges].filter(name => typeof page.body[name] !== 'number')
      must.be(notNumbers.length === 0, 'a number for each of the ids and gauges', `no number: ${notNumbers.join(', ')}`)
    },
  },
  {
    id: 'CS-114/gauges-move',
    title: 'the gauges of the health page count what happens',
    rules: ['CS-114'],
    needs: ['server control', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      await server.stopChatServer(1)
      const before = (await server.health()).body
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await sink.nextPush()
      for (const node of [0, 1]) await server.stopNode(node)
      await agent.says('still there?')
      const after = (await server.health()).body
      const moved = Object.fromEntries(gauges.map(name => [name, Number(after[name]) - Number(before[name])]))
      must.equal(moved, {
        sessions: 1,
        flexUsers: 1,
        pushSubscriptions: 1,
        gmsNodes: -2,
        sessionsCreated: 1,
        sessionsRestored: 0,
        eventsStored: 3,
        pushesSent: 1,
        pushesResent: 0,
        pushesLost: 1,
      })
    },
  },
])
